// The functions of PC/SC that piv-go calls, under their own names: the linker finds them here and
// asks for no library. Each passes its call on to libpcsclite.so.1, once pcsclib_open has loaded that.

#include "pcsclib.h"

#include <dlfcn.h>
#include <PCSC/winscard.h>

// Protocol headers, whose addresses piv-go passes on. Their contents are those of every PC/SC.
const SCARD_IO_REQUEST g_rgSCardT0Pci = {SCARD_PROTOCOL_T0, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardT1Pci = {SCARD_PROTOCOL_T1, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardRawPci = {SCARD_PROTOCOL_RAW, sizeof(SCARD_IO_REQUEST)};

// EACH applies X to result-less names: name, parameters, arguments.
#define EACH(X) \
	X(SCardEstablishContext, (DWORD scope, LPCVOID r1, LPCVOID r2, LPSCARDCONTEXT context), (scope, r1, r2, context)) \
	X(SCardReleaseContext, (SCARDCONTEXT context), (context)) \
	X(SCardListReaders, (SCARDCONTEXT context, LPCSTR groups, LPSTR readers, LPDWORD size), (context, groups, readers, size)) \
	X(SCardConnect, (SCARDCONTEXT context, LPCSTR reader, DWORD share, DWORD protocols, LPSCARDHANDLE card, LPDWORD protocol), \
		(context, reader, share, protocols, card, protocol)) \
	X(SCardDisconnect, (SCARDHANDLE card, DWORD disposition), (card, disposition)) \
	X(SCardBeginTransaction, (SCARDHANDLE card), (card)) \
	X(SCardEndTransaction, (SCARDHANDLE card, DWORD disposition), (card, disposition)) \
	X(SCardTransmit, (SCARDHANDLE card, const SCARD_IO_REQUEST *send_pci, LPCBYTE send, DWORD send_size, \
		SCARD_IO_REQUEST *recv_pci, LPBYTE recv, LPDWORD recv_size), \
		(card, send_pci, send, send_size, recv_pci, recv, recv_size))

#define DEFINE(name, parameters, arguments) \
	static LONG (*real_##name) parameters; \
	LONG name parameters { return real_##name ? real_##name arguments : SCARD_E_NO_SERVICE; }
EACH(DEFINE)

const char *pcsclib_open(void) {
	void *library = dlopen(PCSCLIB_NAME, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return dlerror();
#define FIND(name, parameters, arguments) \
	LONG (*found_##name) parameters = (LONG (*) parameters) dlsym(library, #name); \
	if (!found_##name) \
		return dlerror();
	EACH(FIND)
#define KEEP(name, parameters, arguments) real_##name = found_##name;
	EACH(KEEP)
	return 0;
}

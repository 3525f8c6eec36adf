#define PCSCLIB_NAME "libpcsclite.so.1"

// pcsclib_open loads the library. It returns NULL, or the loader's words for what is amiss, good until
// the thread's next call. It is not to be called twice at once.
const char *pcsclib_open(void);

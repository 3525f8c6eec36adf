// Loaded into every Node.js of a test that follows a page: it warns, as some builds of Node.js do of their own.
process.emitWarning('this build warns of something that is no matter of the test', 'ExperimentalWarning');

#!/usr/bin/env node
// Plain syntax only: this file has to run on versions of Node that cannot load the rest.
var parts = process.versions.node.split('.');
var major = Number(parts[0]);
var minor = Number(parts[1]);
var supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (!supported) {
  console.error(
    'create-mcp-server needs Node ^20.19 or >=22.12, and this is ' + process.versions.node + '.',
  );
  process.exitCode = 2;
} else {
  import('../dist/cli/main.js').catch(function (error) {
    var missing = error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing || String(error.message).indexOf('main.js') < 0) throw error;
    console.error('create-mcp-server is not built yet. Run: npm run build');
    process.exitCode = 2;
  });
}

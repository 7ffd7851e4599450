module ha-postgres/sandbox/rook

go 1.26.0

// Nothing is built from it: its definitions are read, and its operator cannot be made from what the proxy serves.
require github.com/rook/rook v1.20.6

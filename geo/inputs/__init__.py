"""What people have, turned into reports: one module a kind of input."""

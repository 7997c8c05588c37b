"""An app of the tests: a task that waits to be released, so that its worker can be killed in it; and a clock's mark."""

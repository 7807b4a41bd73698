"""Work in other processes: a piece of it on all processors, a function in one of its own; and what memory this one holds on to."""

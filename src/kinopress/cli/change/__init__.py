"""The verbs that change what is written: a page gets another name, or goes."""

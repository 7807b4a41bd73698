"""A PDF for readers, written again from its pages: who made it, where and when stays behind."""

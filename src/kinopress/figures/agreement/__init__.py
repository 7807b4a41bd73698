"""Does a drawing agree with the words beside it?"""

"""Do the drawings of an exercise and its page agree?"""

"""Following an exercise along: its phases, words and pictures as data, and the button that starts it.

The script shows what is here and works out none of it: which phase follows which, how long each takes and what is
said in it come from the dosage, the steps and the figure's film.
"""

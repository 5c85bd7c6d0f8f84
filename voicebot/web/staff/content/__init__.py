"""What the line says and knows: the tree as a picture, questions and answers, hours, departments, words, releases.

Everything here is read from the city's shared draft and changes nothing but that draft; callers hear what is published.
A page is a module with a function `router(office)`, listed in `rooms.py`; its template extends `content/layout.html`,
which holds the menu of these pages. What a call is decided by is not known here.
"""

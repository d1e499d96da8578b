"""Signs that documents have: raised figures, and those of fonts that hold nothing else, by codes or letters."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  #: the figures from 0 to 9, as in exponents and marks of notes

#: Bullets, boxes and arrows of Wingdings, and bullets and signs of Symbol; what is a letter there may be one.
SIGNS = {
    0xF020: " ", 0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "▪", 0xF0D8: "▪", 0xF0FC: "✓", 0xF0E8: "→",
    0xF02B: "+", 0xF02D: "−", 0xF03C: "<", 0xF03D: "=", 0xF03E: ">",
    0xF0A3: "≤", 0xF0B3: "≥", 0xF0B9: "≠", 0xF0BB: "≈", 0xF0B0: "°", 0xF0B1: "±", 0xF0B4: "×", 0xF0B8: "÷", 0xF0AE: "→",
}  # fmt: skip
#: What are bullets of Wingdings where they stand alone, and letters of Symbol in a sentence.
LONE_BULLETS = frozenset("\uf06c\uf075\uf076")
#: Boxes and ticks by the letters that stand for them in a font such as Wingdings, where other letters are bullets.
BOXES = {
    "¨": "☐", "£": "☐", "o": "☐", "q": "☐", "r": "☐", "x": "☒", "ý": "☒", "S": "☒", "þ": "☑", "R": "☑",
    "ü": "✓", "P": "✓", "û": "✗", "O": "✗",
}  # fmt: skip

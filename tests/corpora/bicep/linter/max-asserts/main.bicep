// One more than a template may have (max-asserts).
param p int

assert a0 = p > 0
assert a1 = p > 1
assert a2 = p > 2
assert a3 = p > 3
assert a4 = p > 4
assert a5 = p > 5
assert a6 = p > 6
assert a7 = p > 7
assert a8 = p > 8
assert a9 = p > 9
assert a10 = p > 10
assert a11 = p > 11
assert a12 = p > 12
assert a13 = p > 13
assert a14 = p > 14
assert a15 = p > 15
assert a16 = p > 16
assert a17 = p > 17
assert a18 = p > 18
assert a19 = p > 19
assert a20 = p > 20
assert a21 = p > 21
assert a22 = p > 22
assert a23 = p > 23
assert a24 = p > 24
assert a25 = p > 25
assert a26 = p > 26
assert a27 = p > 27
assert a28 = p > 28
assert a29 = p > 29
assert a30 = p > 30
assert a31 = p > 31
assert a32 = p > 32

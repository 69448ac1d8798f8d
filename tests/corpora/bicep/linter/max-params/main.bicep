// One more than a template may have (max-params).
param p0 int
param p1 int
param p2 int
param p3 int
param p4 int
param p5 int
param p6 int
param p7 int
param p8 int
param p9 int
param p10 int
param p11 int
param p12 int
param p13 int
param p14 int
param p15 int
param p16 int
param p17 int
param p18 int
param p19 int
param p20 int
param p21 int
param p22 int
param p23 int
param p24 int
param p25 int
param p26 int
param p27 int
param p28 int
param p29 int
param p30 int
param p31 int
param p32 int
param p33 int
param p34 int
param p35 int
param p36 int
param p37 int
param p38 int
param p39 int
param p40 int
param p41 int
param p42 int
param p43 int
param p44 int
param p45 int
param p46 int
param p47 int
param p48 int
param p49 int
param p50 int
param p51 int
param p52 int
param p53 int
param p54 int
param p55 int
param p56 int
param p57 int
param p58 int
param p59 int
param p60 int
param p61 int
param p62 int
param p63 int
param p64 int
param p65 int
param p66 int
param p67 int
param p68 int
param p69 int
param p70 int
param p71 int
param p72 int
param p73 int
param p74 int
param p75 int
param p76 int
param p77 int
param p78 int
param p79 int
param p80 int
param p81 int
param p82 int
param p83 int
param p84 int
param p85 int
param p86 int
param p87 int
param p88 int
param p89 int
param p90 int
param p91 int
param p92 int
param p93 int
param p94 int
param p95 int
param p96 int
param p97 int
param p98 int
param p99 int
param p100 int
param p101 int
param p102 int
param p103 int
param p104 int
param p105 int
param p106 int
param p107 int
param p108 int
param p109 int
param p110 int
param p111 int
param p112 int
param p113 int
param p114 int
param p115 int
param p116 int
param p117 int
param p118 int
param p119 int
param p120 int
param p121 int
param p122 int
param p123 int
param p124 int
param p125 int
param p126 int
param p127 int
param p128 int
param p129 int
param p130 int
param p131 int
param p132 int
param p133 int
param p134 int
param p135 int
param p136 int
param p137 int
param p138 int
param p139 int
param p140 int
param p141 int
param p142 int
param p143 int
param p144 int
param p145 int
param p146 int
param p147 int
param p148 int
param p149 int
param p150 int
param p151 int
param p152 int
param p153 int
param p154 int
param p155 int
param p156 int
param p157 int
param p158 int
param p159 int
param p160 int
param p161 int
param p162 int
param p163 int
param p164 int
param p165 int
param p166 int
param p167 int
param p168 int
param p169 int
param p170 int
param p171 int
param p172 int
param p173 int
param p174 int
param p175 int
param p176 int
param p177 int
param p178 int
param p179 int
param p180 int
param p181 int
param p182 int
param p183 int
param p184 int
param p185 int
param p186 int
param p187 int
param p188 int
param p189 int
param p190 int
param p191 int
param p192 int
param p193 int
param p194 int
param p195 int
param p196 int
param p197 int
param p198 int
param p199 int
param p200 int
param p201 int
param p202 int
param p203 int
param p204 int
param p205 int
param p206 int
param p207 int
param p208 int
param p209 int
param p210 int
param p211 int
param p212 int
param p213 int
param p214 int
param p215 int
param p216 int
param p217 int
param p218 int
param p219 int
param p220 int
param p221 int
param p222 int
param p223 int
param p224 int
param p225 int
param p226 int
param p227 int
param p228 int
param p229 int
param p230 int
param p231 int
param p232 int
param p233 int
param p234 int
param p235 int
param p236 int
param p237 int
param p238 int
param p239 int
param p240 int
param p241 int
param p242 int
param p243 int
param p244 int
param p245 int
param p246 int
param p247 int
param p248 int
param p249 int
param p250 int
param p251 int
param p252 int
param p253 int
param p254 int
param p255 int
param p256 int
output sum array = [
  p0
  p1
  p2
  p3
  p4
  p5
  p6
  p7
  p8
  p9
  p10
  p11
  p12
  p13
  p14
  p15
  p16
  p17
  p18
  p19
  p20
  p21
  p22
  p23
  p24
  p25
  p26
  p27
  p28
  p29
  p30
  p31
  p32
  p33
  p34
  p35
  p36
  p37
  p38
  p39
  p40
  p41
  p42
  p43
  p44
  p45
  p46
  p47
  p48
  p49
  p50
  p51
  p52
  p53
  p54
  p55
  p56
  p57
  p58
  p59
  p60
  p61
  p62
  p63
  p64
  p65
  p66
  p67
  p68
  p69
  p70
  p71
  p72
  p73
  p74
  p75
  p76
  p77
  p78
  p79
  p80
  p81
  p82
  p83
  p84
  p85
  p86
  p87
  p88
  p89
  p90
  p91
  p92
  p93
  p94
  p95
  p96
  p97
  p98
  p99
  p100
  p101
  p102
  p103
  p104
  p105
  p106
  p107
  p108
  p109
  p110
  p111
  p112
  p113
  p114
  p115
  p116
  p117
  p118
  p119
  p120
  p121
  p122
  p123
  p124
  p125
  p126
  p127
  p128
  p129
  p130
  p131
  p132
  p133
  p134
  p135
  p136
  p137
  p138
  p139
  p140
  p141
  p142
  p143
  p144
  p145
  p146
  p147
  p148
  p149
  p150
  p151
  p152
  p153
  p154
  p155
  p156
  p157
  p158
  p159
  p160
  p161
  p162
  p163
  p164
  p165
  p166
  p167
  p168
  p169
  p170
  p171
  p172
  p173
  p174
  p175
  p176
  p177
  p178
  p179
  p180
  p181
  p182
  p183
  p184
  p185
  p186
  p187
  p188
  p189
  p190
  p191
  p192
  p193
  p194
  p195
  p196
  p197
  p198
  p199
  p200
  p201
  p202
  p203
  p204
  p205
  p206
  p207
  p208
  p209
  p210
  p211
  p212
  p213
  p214
  p215
  p216
  p217
  p218
  p219
  p220
  p221
  p222
  p223
  p224
  p225
  p226
  p227
  p228
  p229
  p230
  p231
  p232
  p233
  p234
  p235
  p236
  p237
  p238
  p239
  p240
  p241
  p242
  p243
  p244
  p245
  p246
  p247
  p248
  p249
  p250
  p251
  p252
  p253
  p254
  p255
  p256
]

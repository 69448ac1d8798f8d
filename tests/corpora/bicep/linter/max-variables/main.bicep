// One more than a template may have (max-variables).
var v0 = 0
var v1 = 1
var v2 = 2
var v3 = 3
var v4 = 4
var v5 = 5
var v6 = 6
var v7 = 7
var v8 = 8
var v9 = 9
var v10 = 10
var v11 = 11
var v12 = 12
var v13 = 13
var v14 = 14
var v15 = 15
var v16 = 16
var v17 = 17
var v18 = 18
var v19 = 19
var v20 = 20
var v21 = 21
var v22 = 22
var v23 = 23
var v24 = 24
var v25 = 25
var v26 = 26
var v27 = 27
var v28 = 28
var v29 = 29
var v30 = 30
var v31 = 31
var v32 = 32
var v33 = 33
var v34 = 34
var v35 = 35
var v36 = 36
var v37 = 37
var v38 = 38
var v39 = 39
var v40 = 40
var v41 = 41
var v42 = 42
var v43 = 43
var v44 = 44
var v45 = 45
var v46 = 46
var v47 = 47
var v48 = 48
var v49 = 49
var v50 = 50
var v51 = 51
var v52 = 52
var v53 = 53
var v54 = 54
var v55 = 55
var v56 = 56
var v57 = 57
var v58 = 58
var v59 = 59
var v60 = 60
var v61 = 61
var v62 = 62
var v63 = 63
var v64 = 64
var v65 = 65
var v66 = 66
var v67 = 67
var v68 = 68
var v69 = 69
var v70 = 70
var v71 = 71
var v72 = 72
var v73 = 73
var v74 = 74
var v75 = 75
var v76 = 76
var v77 = 77
var v78 = 78
var v79 = 79
var v80 = 80
var v81 = 81
var v82 = 82
var v83 = 83
var v84 = 84
var v85 = 85
var v86 = 86
var v87 = 87
var v88 = 88
var v89 = 89
var v90 = 90
var v91 = 91
var v92 = 92
var v93 = 93
var v94 = 94
var v95 = 95
var v96 = 96
var v97 = 97
var v98 = 98
var v99 = 99
var v100 = 100
var v101 = 101
var v102 = 102
var v103 = 103
var v104 = 104
var v105 = 105
var v106 = 106
var v107 = 107
var v108 = 108
var v109 = 109
var v110 = 110
var v111 = 111
var v112 = 112
var v113 = 113
var v114 = 114
var v115 = 115
var v116 = 116
var v117 = 117
var v118 = 118
var v119 = 119
var v120 = 120
var v121 = 121
var v122 = 122
var v123 = 123
var v124 = 124
var v125 = 125
var v126 = 126
var v127 = 127
var v128 = 128
var v129 = 129
var v130 = 130
var v131 = 131
var v132 = 132
var v133 = 133
var v134 = 134
var v135 = 135
var v136 = 136
var v137 = 137
var v138 = 138
var v139 = 139
var v140 = 140
var v141 = 141
var v142 = 142
var v143 = 143
var v144 = 144
var v145 = 145
var v146 = 146
var v147 = 147
var v148 = 148
var v149 = 149
var v150 = 150
var v151 = 151
var v152 = 152
var v153 = 153
var v154 = 154
var v155 = 155
var v156 = 156
var v157 = 157
var v158 = 158
var v159 = 159
var v160 = 160
var v161 = 161
var v162 = 162
var v163 = 163
var v164 = 164
var v165 = 165
var v166 = 166
var v167 = 167
var v168 = 168
var v169 = 169
var v170 = 170
var v171 = 171
var v172 = 172
var v173 = 173
var v174 = 174
var v175 = 175
var v176 = 176
var v177 = 177
var v178 = 178
var v179 = 179
var v180 = 180
var v181 = 181
var v182 = 182
var v183 = 183
var v184 = 184
var v185 = 185
var v186 = 186
var v187 = 187
var v188 = 188
var v189 = 189
var v190 = 190
var v191 = 191
var v192 = 192
var v193 = 193
var v194 = 194
var v195 = 195
var v196 = 196
var v197 = 197
var v198 = 198
var v199 = 199
var v200 = 200
var v201 = 201
var v202 = 202
var v203 = 203
var v204 = 204
var v205 = 205
var v206 = 206
var v207 = 207
var v208 = 208
var v209 = 209
var v210 = 210
var v211 = 211
var v212 = 212
var v213 = 213
var v214 = 214
var v215 = 215
var v216 = 216
var v217 = 217
var v218 = 218
var v219 = 219
var v220 = 220
var v221 = 221
var v222 = 222
var v223 = 223
var v224 = 224
var v225 = 225
var v226 = 226
var v227 = 227
var v228 = 228
var v229 = 229
var v230 = 230
var v231 = 231
var v232 = 232
var v233 = 233
var v234 = 234
var v235 = 235
var v236 = 236
var v237 = 237
var v238 = 238
var v239 = 239
var v240 = 240
var v241 = 241
var v242 = 242
var v243 = 243
var v244 = 244
var v245 = 245
var v246 = 246
var v247 = 247
var v248 = 248
var v249 = 249
var v250 = 250
var v251 = 251
var v252 = 252
var v253 = 253
var v254 = 254
var v255 = 255
var v256 = 256
var v257 = 257
var v258 = 258
var v259 = 259
var v260 = 260
var v261 = 261
var v262 = 262
var v263 = 263
var v264 = 264
var v265 = 265
var v266 = 266
var v267 = 267
var v268 = 268
var v269 = 269
var v270 = 270
var v271 = 271
var v272 = 272
var v273 = 273
var v274 = 274
var v275 = 275
var v276 = 276
var v277 = 277
var v278 = 278
var v279 = 279
var v280 = 280
var v281 = 281
var v282 = 282
var v283 = 283
var v284 = 284
var v285 = 285
var v286 = 286
var v287 = 287
var v288 = 288
var v289 = 289
var v290 = 290
var v291 = 291
var v292 = 292
var v293 = 293
var v294 = 294
var v295 = 295
var v296 = 296
var v297 = 297
var v298 = 298
var v299 = 299
var v300 = 300
var v301 = 301
var v302 = 302
var v303 = 303
var v304 = 304
var v305 = 305
var v306 = 306
var v307 = 307
var v308 = 308
var v309 = 309
var v310 = 310
var v311 = 311
var v312 = 312
var v313 = 313
var v314 = 314
var v315 = 315
var v316 = 316
var v317 = 317
var v318 = 318
var v319 = 319
var v320 = 320
var v321 = 321
var v322 = 322
var v323 = 323
var v324 = 324
var v325 = 325
var v326 = 326
var v327 = 327
var v328 = 328
var v329 = 329
var v330 = 330
var v331 = 331
var v332 = 332
var v333 = 333
var v334 = 334
var v335 = 335
var v336 = 336
var v337 = 337
var v338 = 338
var v339 = 339
var v340 = 340
var v341 = 341
var v342 = 342
var v343 = 343
var v344 = 344
var v345 = 345
var v346 = 346
var v347 = 347
var v348 = 348
var v349 = 349
var v350 = 350
var v351 = 351
var v352 = 352
var v353 = 353
var v354 = 354
var v355 = 355
var v356 = 356
var v357 = 357
var v358 = 358
var v359 = 359
var v360 = 360
var v361 = 361
var v362 = 362
var v363 = 363
var v364 = 364
var v365 = 365
var v366 = 366
var v367 = 367
var v368 = 368
var v369 = 369
var v370 = 370
var v371 = 371
var v372 = 372
var v373 = 373
var v374 = 374
var v375 = 375
var v376 = 376
var v377 = 377
var v378 = 378
var v379 = 379
var v380 = 380
var v381 = 381
var v382 = 382
var v383 = 383
var v384 = 384
var v385 = 385
var v386 = 386
var v387 = 387
var v388 = 388
var v389 = 389
var v390 = 390
var v391 = 391
var v392 = 392
var v393 = 393
var v394 = 394
var v395 = 395
var v396 = 396
var v397 = 397
var v398 = 398
var v399 = 399
var v400 = 400
var v401 = 401
var v402 = 402
var v403 = 403
var v404 = 404
var v405 = 405
var v406 = 406
var v407 = 407
var v408 = 408
var v409 = 409
var v410 = 410
var v411 = 411
var v412 = 412
var v413 = 413
var v414 = 414
var v415 = 415
var v416 = 416
var v417 = 417
var v418 = 418
var v419 = 419
var v420 = 420
var v421 = 421
var v422 = 422
var v423 = 423
var v424 = 424
var v425 = 425
var v426 = 426
var v427 = 427
var v428 = 428
var v429 = 429
var v430 = 430
var v431 = 431
var v432 = 432
var v433 = 433
var v434 = 434
var v435 = 435
var v436 = 436
var v437 = 437
var v438 = 438
var v439 = 439
var v440 = 440
var v441 = 441
var v442 = 442
var v443 = 443
var v444 = 444
var v445 = 445
var v446 = 446
var v447 = 447
var v448 = 448
var v449 = 449
var v450 = 450
var v451 = 451
var v452 = 452
var v453 = 453
var v454 = 454
var v455 = 455
var v456 = 456
var v457 = 457
var v458 = 458
var v459 = 459
var v460 = 460
var v461 = 461
var v462 = 462
var v463 = 463
var v464 = 464
var v465 = 465
var v466 = 466
var v467 = 467
var v468 = 468
var v469 = 469
var v470 = 470
var v471 = 471
var v472 = 472
var v473 = 473
var v474 = 474
var v475 = 475
var v476 = 476
var v477 = 477
var v478 = 478
var v479 = 479
var v480 = 480
var v481 = 481
var v482 = 482
var v483 = 483
var v484 = 484
var v485 = 485
var v486 = 486
var v487 = 487
var v488 = 488
var v489 = 489
var v490 = 490
var v491 = 491
var v492 = 492
var v493 = 493
var v494 = 494
var v495 = 495
var v496 = 496
var v497 = 497
var v498 = 498
var v499 = 499
var v500 = 500
var v501 = 501
var v502 = 502
var v503 = 503
var v504 = 504
var v505 = 505
var v506 = 506
var v507 = 507
var v508 = 508
var v509 = 509
var v510 = 510
var v511 = 511
var v512 = 512
output sum array = [
  v0
  v1
  v2
  v3
  v4
  v5
  v6
  v7
  v8
  v9
  v10
  v11
  v12
  v13
  v14
  v15
  v16
  v17
  v18
  v19
  v20
  v21
  v22
  v23
  v24
  v25
  v26
  v27
  v28
  v29
  v30
  v31
  v32
  v33
  v34
  v35
  v36
  v37
  v38
  v39
  v40
  v41
  v42
  v43
  v44
  v45
  v46
  v47
  v48
  v49
  v50
  v51
  v52
  v53
  v54
  v55
  v56
  v57
  v58
  v59
  v60
  v61
  v62
  v63
  v64
  v65
  v66
  v67
  v68
  v69
  v70
  v71
  v72
  v73
  v74
  v75
  v76
  v77
  v78
  v79
  v80
  v81
  v82
  v83
  v84
  v85
  v86
  v87
  v88
  v89
  v90
  v91
  v92
  v93
  v94
  v95
  v96
  v97
  v98
  v99
  v100
  v101
  v102
  v103
  v104
  v105
  v106
  v107
  v108
  v109
  v110
  v111
  v112
  v113
  v114
  v115
  v116
  v117
  v118
  v119
  v120
  v121
  v122
  v123
  v124
  v125
  v126
  v127
  v128
  v129
  v130
  v131
  v132
  v133
  v134
  v135
  v136
  v137
  v138
  v139
  v140
  v141
  v142
  v143
  v144
  v145
  v146
  v147
  v148
  v149
  v150
  v151
  v152
  v153
  v154
  v155
  v156
  v157
  v158
  v159
  v160
  v161
  v162
  v163
  v164
  v165
  v166
  v167
  v168
  v169
  v170
  v171
  v172
  v173
  v174
  v175
  v176
  v177
  v178
  v179
  v180
  v181
  v182
  v183
  v184
  v185
  v186
  v187
  v188
  v189
  v190
  v191
  v192
  v193
  v194
  v195
  v196
  v197
  v198
  v199
  v200
  v201
  v202
  v203
  v204
  v205
  v206
  v207
  v208
  v209
  v210
  v211
  v212
  v213
  v214
  v215
  v216
  v217
  v218
  v219
  v220
  v221
  v222
  v223
  v224
  v225
  v226
  v227
  v228
  v229
  v230
  v231
  v232
  v233
  v234
  v235
  v236
  v237
  v238
  v239
  v240
  v241
  v242
  v243
  v244
  v245
  v246
  v247
  v248
  v249
  v250
  v251
  v252
  v253
  v254
  v255
  v256
  v257
  v258
  v259
  v260
  v261
  v262
  v263
  v264
  v265
  v266
  v267
  v268
  v269
  v270
  v271
  v272
  v273
  v274
  v275
  v276
  v277
  v278
  v279
  v280
  v281
  v282
  v283
  v284
  v285
  v286
  v287
  v288
  v289
  v290
  v291
  v292
  v293
  v294
  v295
  v296
  v297
  v298
  v299
  v300
  v301
  v302
  v303
  v304
  v305
  v306
  v307
  v308
  v309
  v310
  v311
  v312
  v313
  v314
  v315
  v316
  v317
  v318
  v319
  v320
  v321
  v322
  v323
  v324
  v325
  v326
  v327
  v328
  v329
  v330
  v331
  v332
  v333
  v334
  v335
  v336
  v337
  v338
  v339
  v340
  v341
  v342
  v343
  v344
  v345
  v346
  v347
  v348
  v349
  v350
  v351
  v352
  v353
  v354
  v355
  v356
  v357
  v358
  v359
  v360
  v361
  v362
  v363
  v364
  v365
  v366
  v367
  v368
  v369
  v370
  v371
  v372
  v373
  v374
  v375
  v376
  v377
  v378
  v379
  v380
  v381
  v382
  v383
  v384
  v385
  v386
  v387
  v388
  v389
  v390
  v391
  v392
  v393
  v394
  v395
  v396
  v397
  v398
  v399
  v400
  v401
  v402
  v403
  v404
  v405
  v406
  v407
  v408
  v409
  v410
  v411
  v412
  v413
  v414
  v415
  v416
  v417
  v418
  v419
  v420
  v421
  v422
  v423
  v424
  v425
  v426
  v427
  v428
  v429
  v430
  v431
  v432
  v433
  v434
  v435
  v436
  v437
  v438
  v439
  v440
  v441
  v442
  v443
  v444
  v445
  v446
  v447
  v448
  v449
  v450
  v451
  v452
  v453
  v454
  v455
  v456
  v457
  v458
  v459
  v460
  v461
  v462
  v463
  v464
  v465
  v466
  v467
  v468
  v469
  v470
  v471
  v472
  v473
  v474
  v475
  v476
  v477
  v478
  v479
  v480
  v481
  v482
  v483
  v484
  v485
  v486
  v487
  v488
  v489
  v490
  v491
  v492
  v493
  v494
  v495
  v496
  v497
  v498
  v499
  v500
  v501
  v502
  v503
  v504
  v505
  v506
  v507
  v508
  v509
  v510
  v511
  v512
]

// first
/* block */ param a string // behind a parameter
// before b

// twice

/* one */ /* two */ param b /* type */ int /* after */ = /* value */ 1 // end
var list = [
  // opening
  1 // one
  // between

  2 /* two */
  // last
]
var object = {
  /* opening */
  a: 1 /* one */ // line
  /* only */ b: [] // b

  // dangling
}
var call = max(
  // in a call
  1,
  /* after the comma */
  2 // two
)
var single = { a: 1 /* in one line */, b: /* value */ 2 }
#disable-next-line no-unused-params BCP037 // why
param c bool
#disable-next-line 
param d bool /* open block
 over lines */
#disable-diagnostics no-unused-vars
var e = 1
#restore-diagnostics no-unused-vars

// at the end
/* very end */

var   a   =   (
  1   +
var b  =  2
var c = [
  1   2
  3
resource d 'x' = {
  a  : [
}
var   e   =   1

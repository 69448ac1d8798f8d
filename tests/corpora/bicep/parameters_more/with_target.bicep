param a string
param b string
param c object
@secure()
param secret string
param people array = []

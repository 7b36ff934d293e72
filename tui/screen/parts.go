package screen

// RGB returns the parts of a colour of 24 bits; ok is false for any other.
func (c Color) RGB() (r, g, b uint8, ok bool) {
	r, g, b = c.rgb()
	return r, g, b, c.kind() == kindRGB
}

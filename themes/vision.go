package themes

import "math"

// Vision is how colours are seen.
type Vision uint8

// Full colour vision, and the three kinds of dichromacy.
const (
	FullVision Vision = iota
	Deuteranopia
	Protanopia
	Tritanopia
	NumVisions
)

// String returns the vision's name.
func (v Vision) String() string {
	return [NumVisions]string{"full vision", "deuteranopia", "protanopia", "tritanopia"}[v]
}

// matrix turns linear RGB into what a dichromat sees of it. Source: Machado,
// Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color
// Vision Deficiency", IEEE TVCG 15(6), 2009, table of severity 1.0.
func (v Vision) matrix() [3][3]float64 {
	return [NumVisions][3][3]float64{
		FullVision:   {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		Deuteranopia: {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		Protanopia:   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		Tritanopia:   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	}[v]
}

// seen returns the linear RGB that somebody with the vision sees of a colour,
// held to what a screen can show.
func (v Vision) seen(c Color) [3]float64 {
	in := [3]float64{linear(c.R), linear(c.G), linear(c.B)}
	var out [3]float64
	for i, row := range v.matrix() {
		for j, weight := range row {
			out[i] += weight * in[j]
		}
		out[i] = min(max(out[i], 0), 1)
	}
	return out
}

// lab is a colour in CIELAB.
type lab struct{ l, a, b float64 }

// labOf turns linear sRGB into CIELAB under D65. Source: IEC 61966-2-1, CIE 15.
func labOf(c [3]float64) lab {
	x := (0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047
	y := 0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2]
	z := (0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	return lab{116*f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))}
}

// Difference returns how far apart two colours are to the eye, in CIEDE2000: 1
// is about the least that can be seen, black and white are 100 apart.
func (v Vision) Difference(a, b Color) float64 {
	return ciede2000(labOf(v.seen(a)), labOf(v.seen(b)))
}

// ciede2000 is the CIE's colour difference. Source: Sharma, Wu, Dalal, "The
// CIEDE2000 Color-Difference Formula", Color Research & Application 30(1), 2005,
// whose test data the tests hold it to.
func ciede2000(p, q lab) float64 {
	mean := (math.Hypot(p.a, p.b) + math.Hypot(q.a, q.b)) / 2
	g := 1 + 0.5*(1-saturation(mean))
	c1, h1 := polar(p.a*g, p.b)
	c2, h2 := polar(q.a*g, q.b)
	dl, dc, dh := q.l-p.l, c2-c1, 0.0
	hue := h1 + h2
	if c1*c2 != 0 {
		dh = math.Mod(h2-h1+540, 360) - 180
		hue = meanHue(h1, h2)
	}
	dH := 2 * math.Sqrt(c1*c2) * sin(dh/2)
	light, chroma := (p.l+q.l)/2-50, (c1+c2)/2
	t := 1 - 0.17*sin(hue-30+90) + 0.24*sin(2*hue+90) + 0.32*sin(3*hue+6+90) - 0.20*sin(4*hue-63+90)
	sl := 1 + 0.015*light*light/math.Sqrt(20+light*light)
	sc, sh := 1+0.045*chroma, 1+0.015*chroma*t
	turn := 60 * math.Exp(-math.Pow((hue-275)/25, 2))
	rt := -sin(turn) * 2 * saturation(chroma)
	l, c, h := dl/sl, dc/sc, dH/sh
	return math.Sqrt(l*l + c*c + h*h + rt*c*h)
}

// saturation is the formula's weight of a chroma, 0 for grey to 1.
func saturation(chroma float64) float64 {
	c7 := math.Pow(chroma, 7)
	return math.Sqrt(c7 / (c7 + math.Pow(25, 7)))
}

// polar returns chroma and hue in degrees from 0 to 360, hue 0 for grey.
func polar(a, b float64) (chroma, hue float64) {
	if a == 0 && b == 0 {
		return 0, 0
	}
	return math.Hypot(a, b), math.Mod(math.Atan2(b, a)*180/math.Pi+360, 360)
}

// meanHue returns the hue halfway between two, on the shorter way round.
func meanHue(a, b float64) float64 {
	switch {
	case math.Abs(a-b) <= 180:
		return (a + b) / 2
	case a+b < 360:
		return (a + b + 360) / 2
	}
	return (a + b - 360) / 2
}

// sin is the sine of degrees; a cosine is the sine of 90 more.
func sin(degrees float64) float64 { return math.Sin(degrees * math.Pi / 180) }

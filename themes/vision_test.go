package themes

import (
	"math"
	"testing"
)

func TestTheColourDifferenceAgainstPublishedPairs(t *testing.T) {
	// Sharma, Wu, Dalal 2005, table 1, by the numbers of the paper.
	rows := []struct {
		n    int
		a, b lab
		want float64
	}{
		{1, lab{50, 2.6772, -79.7751}, lab{50, 0, -82.7485}, 2.0425},
		{2, lab{50, 3.1571, -77.2803}, lab{50, 0, -82.7485}, 2.8615},
		{3, lab{50, 2.8361, -74.0200}, lab{50, 0, -82.7485}, 3.4412},
		{4, lab{50, -1.3802, -84.2814}, lab{50, 0, -82.7485}, 1.0000},
		{5, lab{50, -1.1848, -84.8006}, lab{50, 0, -82.7485}, 1.0000},
		{6, lab{50, -0.9009, -85.5211}, lab{50, 0, -82.7485}, 1.0000},
		{7, lab{50, 0, 0}, lab{50, -1, 2}, 2.3669},
		{8, lab{50, -1, 2}, lab{50, 0, 0}, 2.3669},
		{9, lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0009}, 7.1792},
		{10, lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0010}, 7.1792},
		{11, lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0011}, 7.2195},
		{12, lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0012}, 7.2195},
		{13, lab{50, -0.0010, 2.4900}, lab{50, 0.0009, -2.4900}, 4.8045},
		{14, lab{50, -0.0010, 2.4900}, lab{50, 0.0010, -2.4900}, 4.8045},
		{15, lab{50, -0.0010, 2.4900}, lab{50, 0.0011, -2.4900}, 4.7461},
		{16, lab{50, 2.5, 0}, lab{50, 0, -2.5}, 4.3065},
		{17, lab{50, 2.5, 0}, lab{73, 25, -18}, 27.1492},
		{18, lab{50, 2.5, 0}, lab{61, -5, 29}, 22.8977},
		{19, lab{50, 2.5, 0}, lab{56, -27, -3}, 31.9030},
		{20, lab{50, 2.5, 0}, lab{58, 24, 15}, 19.4535},
		{21, lab{50, 2.5, 0}, lab{50, 3.1736, 0.5854}, 1.0000},
		{25, lab{60.2574, -34.0099, 36.2677}, lab{60.4626, -34.1751, 39.4387}, 1.2644},
		{26, lab{63.0109, -31.0961, -5.8663}, lab{62.8187, -29.7946, -4.0864}, 1.2630},
		{27, lab{61.2901, 3.7196, -5.3901}, lab{61.4292, 2.2480, -4.9620}, 1.8731},
		{28, lab{35.0831, -44.1164, 3.7933}, lab{35.0232, -40.0716, 1.5901}, 1.8645},
		{29, lab{22.7233, 20.0904, -46.6940}, lab{23.0331, 14.9730, -42.5619}, 2.0373},
		{30, lab{36.4612, 47.8580, 18.3852}, lab{36.2715, 50.5065, 21.2231}, 1.4146},
		{31, lab{90.8027, -2.0831, 1.4410}, lab{91.1528, -1.6435, 0.0447}, 1.4441},
		{32, lab{90.9257, -0.5406, -0.9208}, lab{88.6381, -0.8985, -0.7239}, 1.5381},
		{33, lab{6.7747, -0.2908, -2.4247}, lab{5.8714, -0.0985, -2.2286}, 0.6377},
		{34, lab{2.0776, 0.0795, -1.1350}, lab{0.9033, -0.0636, -0.5514}, 0.9082},
	}
	for _, row := range rows {
		for _, got := range []float64{ciede2000(row.a, row.b), ciede2000(row.b, row.a)} {
			if math.Abs(got-row.want) > 5e-5 {
				t.Errorf("pair %d differs by %.4f, published %.4f", row.n, got, row.want)
			}
		}
	}
}

func TestKnownColoursInCIELAB(t *testing.T) {
	// Lindbloom's calculator, sRGB under D65.
	for _, row := range []struct {
		c    Color
		want lab
	}{
		{Color{R: 255, G: 255, B: 255}, lab{100, 0, 0}},
		{Color{R: 255}, lab{53.2408, 80.0925, 67.2032}},
		{Color{G: 255}, lab{87.7347, -86.1827, 83.1793}},
		{Color{B: 255}, lab{32.2970, 79.1875, -107.8602}},
	} {
		got := labOf(FullVision.seen(row.c))
		if math.Abs(got.l-row.want.l) > 0.01 || math.Abs(got.a-row.want.a) > 0.01 || math.Abs(got.b-row.want.b) > 0.01 {
			t.Errorf("%+v is %+v, want %+v", row.c, got, row.want)
		}
	}
}

func TestEveryVisionSeesGreyAsGrey(t *testing.T) {
	for v := range NumVisions {
		for g := range 256 {
			c := v.seen(Color{R: uint8(g), G: uint8(g), B: uint8(g)})
			for _, part := range c {
				if math.Abs(part-linear(uint8(g))) > 2e-6 {
					t.Fatalf("%s sees grey %d as %v", v, g, c)
				}
			}
		}
	}
}

// TestDichromatsConfuseWhatTheyAreKnownToConfuse takes colours along the lines
// of confusion that name the deficiencies: near for those who have it, far apart
// for everybody else.
func TestDichromatsConfuseWhatTheyAreKnownToConfuse(t *testing.T) {
	for _, row := range []struct {
		name   string
		a, b   Color
		blind  []Vision
		others []Vision
	}{
		{"red and green of one lightness", Color{R: 0xb8, G: 0x50, B: 0x30}, Color{R: 0x70, G: 0x80, B: 0x30}, []Vision{Deuteranopia}, []Vision{FullVision, Tritanopia}},
		{"pink and grey-green", Color{R: 0xd0, G: 0x90, B: 0xa0}, Color{R: 0xa0, G: 0xa0, B: 0xa0}, []Vision{Deuteranopia, Protanopia}, []Vision{FullVision, Tritanopia}},
		{"blue and green of one lightness", Color{R: 0x30, G: 0x88, B: 0xc0}, Color{R: 0x30, G: 0x90, B: 0x70}, []Vision{Tritanopia}, []Vision{FullVision, Deuteranopia, Protanopia}},
	} {
		full := FullVision.Difference(row.a, row.b)
		for _, v := range row.blind {
			if d := v.Difference(row.a, row.b); d > full/2 {
				t.Errorf("%s: %s tells them apart by %.1f, full vision by %.1f", row.name, v, d, full)
			}
		}
		for _, v := range row.others {
			if d := v.Difference(row.a, row.b); d < full/2 {
				t.Errorf("%s: %s tells them apart by only %.1f, full vision by %.1f", row.name, v, d, full)
			}
		}
	}
}

package words

import "strconv"

// Size is a number of bytes as people say it: « 1,2 Go », « 34 Mo ». The units are those that file managers count in.
func Size(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1 << 30, "Go"}, {1 << 20, "Mo"}, {1 << 10, "Ko"}} {
		if n < unit.size {
			continue
		}
		tenths := (n*10 + unit.size/2) / unit.size
		if tenths >= 100 || tenths%10 == 0 {
			return Number(int((n+unit.size/2)/unit.size)) + "\u00a0" + unit.name
		}
		return strconv.FormatInt(tenths/10, 10) + "," + strconv.FormatInt(tenths%10, 10) + "\u00a0" + unit.name
	}
	if n < 2 {
		return strconv.FormatInt(n, 10) + "\u00a0octet"
	}
	return strconv.FormatInt(n, 10) + "\u00a0octets"
}

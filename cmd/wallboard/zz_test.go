package main
import ("testing";"context";"strings")
func TestZZ(t *testing.T){
 var out, problems strings.Builder
 p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &problems, getenv: func(string) string { return "" }}
 p.run(context.Background(), []string{"backtest","--events","/tmp/rules/two.ndjson","--tz","Asia/Jerusalem"})
 t.Log(out.String()[:min(3000,len(out.String()))], problems.String())
}

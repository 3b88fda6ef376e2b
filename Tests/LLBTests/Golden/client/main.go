// Command golden writes what BuildKit's own client makes of the graphs in Tests/LLBTests/ClientTests.swift, one
// definition a file. `regenerate` builds it within a checkout of BuildKit.
package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/llbbuild"
	"github.com/moby/buildkit/solver/pb"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
	"google.golang.org/protobuf/proto"
)

const sum = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func images() llb.State {
	return llb.Merge([]llb.State{
		llb.Image("alpine", llb.ResolveModeForcePull),
		llb.Image("alpine:3.20", llb.ResolveModePreferLocal, llb.MarkImageInternal),
		llb.Image("alpine:3.21", llb.ResolveModeDefault, llb.LinuxArm64),
		llb.Image("example.com:5000/a/b@"+sum, llb.WithLayerLimit(3), llb.WithImageChecksum(sum)),
		llb.OCILayout("example.com/layout@"+sum, llb.OCIStore("session", "store"), llb.OCILayerLimit(2)),
		llb.OCILayout("bare"),
	}, llb.WithCustomName("all of them"))
}

func systems() llb.State {
	return llb.Image("debian", llb.Platform(ocispecs.Platform{
		OS: "Linux", Architecture: "aarch64", Variant: "v8", OSVersion: "6.1", OSFeatures: []string{"a", "b"}})).
		Run(llb.Args([]string{"true"}), llb.WithProxy(llb.ProxyEnv{})).Root().
		File(llb.Mkfile("f", 0o600, []byte("\xff"), llb.WithCreatedTime(time.Unix(1700000000, 5))))
}

func constraints() llb.State {
	return llb.Image("alpine", llb.Require("a==b", "c"), llb.IgnoreCache, llb.WithExportCache(),
		llb.ProgressGroup("id", "name", true), llb.WithDescription(map[string]string{"z": "1", "a": "<&>"}),
		llb.WithCustomName("n")).
		Run(llb.Args([]string{"true"}), llb.WithoutExportCache(), llb.ProgressGroup("i", "", false)).Root()
}

func locals() llb.State {
	return llb.Merge([]llb.State{
		llb.Local("plain"),
		llb.Local("chosen", llb.IncludePatterns([]string{"*.py", "<a>"}), llb.ExcludePatterns([]string{"b"}),
			llb.FollowPaths([]string{"c", "d"}), llb.SharedKeyHint("hint")),
		llb.Local("session", llb.SessionID("s")),
		llb.Local("unique", llb.LocalUniqueID("u"), llb.Differ(llb.DiffNone, true)),
		llb.Local("names", llb.Differ(llb.DiffMetadata, false), llb.MetadataOnlyTransfer([]string{"x"})),
		llb.Local("all-names", llb.MetadataOnlyTransfer(nil)),
	})
}

func gits() llb.State {
	return llb.Merge([]llb.State{
		llb.Git("https://example.com/a/../b.git", "main"),
		llb.Git("example.com:8080/b", ""),
		llb.Git("git://user@example.com/c%20d/", "main:sub/dir", llb.KeepGitDir(), llb.GitChecksum("abc"),
			llb.GitSkipSubmodules()),
		llb.Git("http://example.com", ":sub", llb.AuthTokenSecret("token")),
		llb.Git("HTTPS://example.com/e", "v1", llb.AuthHeaderSecret(""), llb.AuthTokenSecret("")),
		llb.Git("git@example.com:f/g.git", "", llb.KnownSSHHosts("example.com key")),
		llb.Git("ssh://git@example.com:22/h", "r", llb.KnownSSHHosts("key\n"), llb.MountSSHSock("agent"),
			llb.AuthHeaderSecret("header")),
	})
}

func https() llb.State {
	return llb.Merge([]llb.State{
		llb.HTTP("https://example.com/a"),
		llb.HTTP("https://example.com/b", llb.Checksum(sum), llb.Filename("name"), llb.Chmod(0o755), llb.Chown(1, 2)),
		llb.HTTP("https://example.com/c", llb.AuthHeaderSecret("secret"),
			llb.Header(llb.HTTPHeader{Accept: "text/plain", UserAgent: "me"}), llb.Chown(0, 7)),
	})
}

func settings() llb.State {
	state := llb.Image("alpine").AddEnv("B", "1").AddEnv("A", "2").AddEnv("B", "3=4").Dir("srv").Dir("../opt/./x").
		User("me:us").Hostname("host").Network(llb.NetModeHost).Security(llb.SecurityModeInsecure).
		AddExtraHost("one", net.ParseIP("10.0.0.1")).AddExtraHost("two", net.ParseIP("::ffff:10.0.0.2")).
		AddExtraHost("three", net.ParseIP("2001:DB8:0:0:1:0:0:0")).
		AddUlimit(llb.UlimitNofile, 1024, -1).AddUlimit(llb.UlimitCore, 0, 0).WithCgroupParent("group")
	state = state.Run(llb.Shlex(`sh -c "echo 'a  b'" # comment`), llb.ValidExitCodes(0, 1, 255), llb.WithProxy(llb.ProxyEnv{
		HTTPProxy: "h", HTTPSProxy: "s", FTPProxy: "f", NoProxy: "n", AllProxy: "a"}),
		llb.AddCDIDevice(llb.CDIDeviceName("vendor.com/gpu=1")),
		llb.AddCDIDevice(llb.CDIDeviceName("vendor.com/gpu=2"), llb.CDIDeviceOptional)).Root()
	return state.Network(llb.NetModeNone).Security(llb.SecurityModeSandbox).Run(
		llb.Args([]string{"true"}), llb.ValidExitCodes()).Root()
}

func mounts() llb.State {
	base := llb.Image("alpine")
	other := llb.Image("debian")
	run := base.Run(llb.Args([]string{"make"}), llb.ReadonlyRootFS(),
		llb.AddMount("/z", other, llb.SourcePath("/usr")),
		llb.AddMount("/out", llb.Scratch()),
		llb.AddMount("/ro", other, llb.Readonly),
		llb.AddMount("/lost", base, llb.ForceNoOutput, llb.ContentCache(llb.MountContentCacheOff)),
		llb.AddMount("/on", other, llb.ContentCache(llb.MountContentCacheOn)),
		llb.AddMount("/tmp", llb.Scratch(), llb.Tmpfs()),
		llb.AddMount("/tmp2", llb.Scratch(), llb.Tmpfs(llb.TmpfsSize(4096))),
		llb.AddMount("/c1", llb.Scratch(), llb.AsPersistentCacheDir("c1", llb.CacheMountShared)),
		llb.AddMount("/c2", other, llb.AsPersistentCacheDir("c2", llb.CacheMountPrivate), llb.SourcePath("/s")),
		llb.AddMount("/c3", llb.Scratch(), llb.AsPersistentCacheDir("c3", llb.CacheMountLocked)))
	return llb.Merge([]llb.State{run.Root(), run.GetMount("/out"), run.GetMount("/z"), run.GetMount("/ro"),
		run.GetMount("/on").Run(llb.Args([]string{"true"})).Root()})
}

func agents() llb.State {
	name := "/s/c"
	base := llb.Image("alpine").AddEnv("X", "1")
	first := base.Run(llb.Args([]string{"a"}),
		llb.AddSecret("/run/a"),
		llb.AddSecret("/run/b", llb.SecretID("b"), llb.SecretOptional, llb.SecretFileOpt(1, 2, 0o440)),
		llb.AddSecret("TOKEN", llb.SecretID("t"), llb.SecretAsEnv(true)),
		llb.AddSecretWithDest("c", &name, llb.SecretAsEnvName("C"), llb.SecretOptional),
		llb.AddSSHSocket(),
		llb.AddSSHSocket(llb.SSHID("work"), llb.SSHSocketOpt("/ssh", 3, 4, 0o666), llb.SSHOptional)).Root()
	return first.AddEnv("SSH_AUTH_SOCK", "/mine").Run(llb.Args([]string{"b"}),
		llb.AddSSHSocket(llb.SSHSocketTarget("/other"))).Root()
}

func files() llb.State {
	created := llb.WithCreatedTime(time.Unix(1700000000, 0))
	source := llb.Image("debian").Dir("/usr")
	state := llb.Image("alpine").Dir("/srv")
	state = state.File(llb.Mkdir("a/b", 0o1700, llb.WithParents(true), llb.WithUser("me:us"), created).
		Mkfile("f", 0o640, []byte("<\x00é>"), llb.WithUIDGID(1, 2), created).
		Symlink("../old", "new", llb.WithUser("root:7"), created).
		Rm("g*", llb.WithAllowWildcard(true), llb.WithAllowNotFound(true)).
		Copy(source, "x/", "y/", &llb.CopyInfo{FollowSymlinks: true, CopyDirContentsOnly: true, AttemptUnpack: true,
			CreateDestPath: true, AllowWildcard: true, AllowEmptyWildcard: true, AlwaysReplaceExistingDestPaths: true,
			IncludePatterns: []string{"i", "j"}, ExcludePatterns: []string{"k"}, Mode: &llb.ChmodOpt{Mode: 0o4755}},
			llb.WithUser("5"), created))
	state = state.File(llb.Copy(source, "/", ".", llb.ChmodOpt{ModeStr: "u=rw,go=r"}))
	inner := llb.Mkdir("made", 0o755).Copy(state, "q", "r", llb.ChmodOpt{Mode: 0}, llb.WithUser("you"))
	outer := llb.Mkfile("last", 0o600, nil).Copy(inner.WithState(source.User("u")), "made/..", "/there/.",
		llb.ChmodOpt{}, llb.WithUser(":staff")).Rm("last")
	return state.File(outer)
}

func combinations() llb.State {
	lower, upper := llb.Image("alpine"), llb.Image("debian").AddEnv("U", "1")
	same := llb.Merge([]llb.State{lower, llb.Scratch(), lower})
	missing := llb.Diff(lower, llb.Scratch())
	difference := llb.Diff(lower, upper, llb.WithCustomName("difference"), llb.IgnoreCache)
	only := llb.Merge([]llb.State{llb.Scratch(), difference})
	return llb.Merge([]llb.State{same, missing, only, llb.Diff(llb.Scratch(), upper)}).Run(llb.Args([]string{"x"})).Root()
}

// Which platform operations have that follow one that was given a platform.
func platforms() llb.State {
	arm := llb.Image("alpine", llb.LinuxArm64)
	first := arm.Run(llb.Args([]string{"a"})).Root().File(llb.Mkdir("/d", 0o755)).Run(llb.Args([]string{"b"})).Root()
	second := llb.Image("debian").Run(llb.Args([]string{"c"}), llb.Platform(ocispecs.Platform{
		OS: "linux", Architecture: "arm", Variant: "7"}))
	out := second.AddMount("/out", llb.Scratch())
	third := llb.Image("ubuntu").Platform(ocispecs.Platform{OS: "macOS", Architecture: "x86-64", Variant: "v1"}).
		Run(llb.Args([]string{"d"})).Root()
	return llb.Merge([]llb.State{first, second.Run(llb.Args([]string{"e"})).Root(), out.Run(llb.Args([]string{"f"})).Root(),
		third, arm.Reset(llb.Image("busybox").AddEnv("R", "1").Dir("/r")).Run(llb.Args([]string{"g"})).Root(),
		llb.Image("alpine").Dir("/q").Reset(llb.Image("busybox").AddEnv("R", "1").Dir("/r")).
			Run(llb.Args([]string{"h"})).Root()})
}

func nested() llb.State {
	return llb.Image("alpine").With(llbbuild.Build(llbbuild.WithFilename("file"))).Run(llb.Args([]string{"x"})).Root()
}

func sources() llb.State {
	file := llb.NewSourceMap(nil, "build.envd", "Starlark", []byte("base()\nrun(\n  [])\n"))
	at := func(line, start, endLine, end int32) llb.ConstraintsOpt {
		return file.Location([]*pb.Range{{Start: &pb.Position{Line: line, Character: start},
			End: &pb.Position{Line: endLine, Character: end}}})
	}
	return llb.Image("alpine", at(1, 0, 1, 6)).Run(llb.Args([]string{"x"}), at(2, 0, 3, 5)).Root().
		File(llb.Mkdir("/d", 0o755))
}

func main() {
	cases := map[string]llb.State{
		"images": images(), "systems": systems(), "constraints": constraints(), "locals": locals(), "gits": gits(), "https": https(),
		"settings": settings(), "mounts": mounts(), "agents": agents(), "files": files(),
		"combinations": combinations(), "platforms": platforms(), "nested": nested(), "sources": sources(),
	}
	for name, state := range cases {
		definition, err := state.Marshal(context.Background(), llb.LinuxAmd64, llb.LocalUniqueID("unique"))
		if err != nil {
			panic(name + ": " + err.Error())
		}
		// The client's own writer puts maps in a random order.
		bytes, err := proto.MarshalOptions{Deterministic: true}.Marshal(definition.ToPB())
		if err != nil {
			panic(name + ": " + err.Error())
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], name+".pb"), bytes, 0o644); err != nil {
			panic(err)
		}
	}
}

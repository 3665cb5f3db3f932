// Loads compose files with the loader of "docker compose" and prints what it makes of them, as
// "docker compose config" does. Usage: compose-config ENV-FILE COMPOSE-FILE...
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	text, err := config(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(text)
}

func config(envFile string, composeFiles []string) ([]byte, error) {
	options, err := cli.NewProjectOptions(composeFiles, cli.WithEnvFiles(envFile), cli.WithDotEnv)
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	return project.MarshalYAML()
}

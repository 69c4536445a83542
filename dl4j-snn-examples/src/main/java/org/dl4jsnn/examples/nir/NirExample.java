package org.dl4jsnn.examples.nir;

import picocli.CommandLine.Command;

/** Commands for files of the Neuromorphic Intermediate Representation. */
@Command(
    name = "nir",
    description = "Networks as NIR graphs, exchanged with snnTorch, Norse, sinabs and others.",
    mixinStandardHelpOptions = true,
    subcommands = {
      NirRun.class,
      NirInfo.class,
      NirImportCommand.class,
      NirExportCommand.class,
      NirRestoreCommand.class,
      NirAccuracyCommand.class
    })
public final class NirExample {}

package org.dl4jsnn.examples.train;

import org.dl4jsnn.examples.spoken.MakeCommand;
import picocli.CommandLine.Command;

/** Spoken digits: makes a set and trains on it. */
@Command(
    name = "spoken",
    description = "Spoken digits in English and German, as spikes of 700 channels.",
    mixinStandardHelpOptions = true,
    subcommands = {MakeCommand.class, SpokenTraining.class})
public final class SpokenExample {}

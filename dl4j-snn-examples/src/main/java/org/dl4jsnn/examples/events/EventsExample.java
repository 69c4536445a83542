package org.dl4jsnn.examples.events;

import picocli.CommandLine.Command;

/** Commands for recordings of event cameras. */
@Command(
    name = "events",
    description = "Recordings of event cameras.",
    mixinStandardHelpOptions = true,
    subcommands = {
      EventsInfo.class,
      EventsSets.class,
      EventsSimulate.class,
      EventsRender.class,
      EventsSpeed.class
    })
public final class EventsExample {}

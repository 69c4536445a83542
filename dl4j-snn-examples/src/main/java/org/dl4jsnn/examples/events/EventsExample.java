package org.dl4jsnn.examples.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.data.DataSetFacts;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.RunsAtOnce;
import picocli.CommandLine.Command;

/** Commands for recordings of event cameras. */
@Command(
    name = "events",
    description = "Recordings of event cameras.",
    mixinStandardHelpOptions = true,
    subcommands = {
      EventsInfo.class,
      EventsExample.EventsSets.class,
      EventsSimulate.class,
      EventsRender.class,
      EventsSpeed.class
    })
public final class EventsExample {

  /** Lists the published data sets; docs/event-files.md has the same table. */
  @Command(
      name = "sets",
      description = "The published data sets that can be read; prints a Markdown table.",
      footer = {"%nExample:", "  ${COMMAND-FULL-NAME}"})
  static final class EventsSets extends ExampleCommand implements RunsAtOnce {

    @Override
    public Integer call() {
      Output out = output();
      table().forEach(line -> out.print("%s", line));
      return 0;
    }

    /** The lines of the table. */
    static List<String> table() {
      List<String> lines = new ArrayList<>();
      lines.add("| data set | classes | samples | sensor | recordings | licence | published |");
      lines.add("| --- | ---: | --- | --- | --- | --- | --- |");
      for (DataSetFacts facts : DataSetFacts.all()) {
        lines.add(
            String.format(
                "| [%s](%s) | %s | %s | %s | %s | %s | %s |",
                facts.name(),
                facts.source(),
                facts.classes(),
                samples(facts),
                facts.sensor().map(SensorSize::toString).orElse("–"),
                facts.recordings(),
                facts.licence(),
                facts.citation()));
      }
      return lines;
    }

    /** Training, held out and test; one number without a split. */
    private static String samples(DataSetFacts facts) {
      return Stream.of(facts.train(), facts.heldOut(), facts.test())
          .filter(count -> count > 0)
          .map(count -> String.format(Locale.ROOT, "%,d", count))
          .collect(Collectors.joining(" : "));
    }
  }
}

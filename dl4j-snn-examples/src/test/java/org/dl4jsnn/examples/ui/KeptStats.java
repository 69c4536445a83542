package org.dl4jsnn.examples.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;

/** What trainings kept for the UI. */
public final class KeptStats {

  private KeptStats() {}

  public static Set<String> sessions(Path file) throws IOException {
    StatsStorage storage = StatsFile.open(file);
    try {
      return Set.copyOf(storage.listSessionIDs());
    } finally {
      storage.close();
    }
  }

  static List<StatsReport> of(Path file, String session) throws IOException {
    StatsStorage storage = StatsFile.open(file);
    try {
      return storage
          .getAllUpdatesAfter(session, StatsListener.TYPE_ID, StatsSession.WORKER, 0)
          .stream()
          .map(StatsReport.class::cast)
          .toList();
    } finally {
      storage.close();
    }
  }

  public static List<Double> scores(Path file, String session) throws IOException {
    return of(file, session).stream().map(StatsReport::getScore).toList();
  }

  public static List<Integer> iterations(Path file, String session) throws IOException {
    return of(file, session).stream().map(StatsReport::getIterationCount).toList();
  }
}

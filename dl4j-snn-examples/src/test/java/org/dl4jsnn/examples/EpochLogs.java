package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.TrainingFiles;

/** Logs of trainings that never were. */
final class EpochLogs {

  private EpochLogs() {}

  /** Writes one; returns its file. */
  static Path write(Path model, EpochRow... rows) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,samples_per_second");
    for (EpochRow row : rows) {
      lines.add(row.toCsv());
    }
    return Files.write(TrainingFiles.log(model), lines);
  }
}

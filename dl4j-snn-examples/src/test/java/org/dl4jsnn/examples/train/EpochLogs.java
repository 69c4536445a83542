package org.dl4jsnn.examples.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.TrainingFiles;

/** Made-up logs of trainings. */
public final class EpochLogs {

  private EpochLogs() {}

  /** Writes one; returns its file. */
  public static Path write(Path model, EpochRow... rows) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,samples_per_second");
    for (EpochRow row : rows) {
      lines.add(row.toCsv());
    }
    return Files.write(TrainingFiles.log(model), lines);
  }
}

package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.io.AtomicFile;

/**
 * One row per epoch of a training, in a file next to its model. A resumed training rewrites the
 * file from the rows of its checkpoint, so no row appears twice.
 */
final class EpochLog {

  private final Path file;
  private final String header;
  private final List<EpochRow> rows;

  EpochLog(Path model, List<String> layers, List<EpochRow> rows) {
    this.file = TrainingFiles.log(model);
    this.header = EpochRow.header(layers);
    this.rows = new ArrayList<>(rows);
  }

  void add(EpochRow row) {
    rows.add(row);
  }

  List<EpochRow> rows() {
    return List.copyOf(rows);
  }

  void write() throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    rows.forEach(row -> lines.add(row.toCsv()));
    String text = String.join(System.lineSeparator(), lines) + System.lineSeparator();
    AtomicFile.replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Epochs since the best accuracy on the held-out samples. */
  int epochsWithoutBetter() {
    double best = -1;
    int without = 0;
    for (EpochRow row : rows) {
      if (Double.isNaN(row.heldOut())) {
        continue; // this epoch had no held-out samples
      }
      boolean better = row.heldOut() > best;
      best = better ? row.heldOut() : best;
      without = better ? 0 : without + 1;
    }
    return without;
  }

  Path file() {
    return file;
  }
}

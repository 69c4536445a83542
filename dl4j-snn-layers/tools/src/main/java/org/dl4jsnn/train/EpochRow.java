package org.dl4jsnn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dl4jsnn.internal.Require;

/**
 * One epoch in a training's log.
 *
 * @param epoch its number, from 1
 * @param iteration minibatches of the whole training up to its end
 * @param learningRate in its last minibatch; NaN if the network has none
 * @param loss the loss per sample, averaged over its last minibatches
 * @param heldOut accuracy on the held-out samples, from 0 to 1; NaN without held-out samples
 * @param test accuracy on the test samples, from 0 to 1
 * @param seconds training time in s, without evaluation
 * @param samplesPerSecond training samples per second
 * @param rates mean firing rate of each spiking layer in its last minibatch
 */
public record EpochRow(
    int epoch,
    int iteration,
    double learningRate,
    double loss,
    double heldOut,
    double test,
    double seconds,
    double samplesPerSecond,
    List<Double> rates) {

  private static final String COLUMNS =
      "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,samples_per_second";

  private static final int CELLS = COLUMNS.split(",").length;

  /** The column names; the layers' columns come last. */
  static String header(List<String> layers) {
    StringBuilder header = new StringBuilder(COLUMNS);
    layers.forEach(layer -> header.append(",rate_").append(layer.replace(',', ' ')));
    return header.toString();
  }

  /** {@return the epoch as a line of the log: cells separated by commas} */
  public String toCsv() {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(epoch));
    cells.add(String.valueOf(iteration));
    cells.add(String.valueOf(learningRate));
    cells.add(String.valueOf(loss));
    cells.add(Double.isNaN(heldOut) ? "" : String.valueOf(heldOut));
    cells.add(String.valueOf(test));
    cells.add(String.format(Locale.ROOT, "%.3f", seconds));
    cells.add(String.format(Locale.ROOT, "%.1f", samplesPerSecond));
    rates.forEach(rate -> cells.add(String.format(Locale.ROOT, "%.4f", rate)));
    return String.join(",", cells);
  }

  /**
   * Reads a line of the log.
   *
   * @param line a line made by {@link #toCsv()}
   * @return the epoch
   * @throws IllegalArgumentException if the line has another form
   */
  public static EpochRow fromCsv(String line) {
    String[] cells = line.split(",", -1);
    Require.not(cells.length < CELLS, "line must have at least %s cells, got %s", CELLS, line);
    int cell = 0;
    return new EpochRow(
        Integer.parseInt(cells[cell++]),
        Integer.parseInt(cells[cell++]),
        Double.parseDouble(cells[cell++]),
        Double.parseDouble(cells[cell++]),
        cells[cell++].isEmpty() ? Double.NaN : Double.parseDouble(cells[cell - 1]),
        Double.parseDouble(cells[cell++]),
        Double.parseDouble(cells[cell++]),
        Double.parseDouble(cells[cell++]),
        Arrays.stream(cells).skip(cell).map(Double::valueOf).toList());
  }
}

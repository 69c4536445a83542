package org.dl4jsnn.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An epoch in a training's log.
 *
 * @param epoch its number, from 1
 * @param iteration minibatches of the whole training up to its end
 * @param learningRate in its last minibatch
 * @param loss the loss a picture, averaged over its last minibatches
 * @param heldOut accuracy on the pictures held out; NaN where there are none
 * @param test accuracy on the test pictures
 * @param seconds time of training, without evaluation
 * @param picturesPerSecond pictures trained with a second
 * @param rates mean firing rate of each spiking layer in its last minibatch
 */
record EpochRow(
    int epoch,
    int iteration,
    double learningRate,
    double loss,
    double heldOut,
    double test,
    double seconds,
    double picturesPerSecond,
    List<Double> rates) {

  private static final String COLUMNS =
      "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,samples_per_second";

  /** The columns' names; those of the layers come last. */
  static String header(List<String> layers) {
    StringBuilder header = new StringBuilder(COLUMNS);
    layers.forEach(layer -> header.append(",rate_").append(layer.replace(',', ' ')));
    return header.toString();
  }

  String toCsv() {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(epoch));
    cells.add(String.valueOf(iteration));
    cells.add(String.valueOf(learningRate));
    cells.add(String.valueOf(loss));
    cells.add(Double.isNaN(heldOut) ? "" : String.valueOf(heldOut));
    cells.add(String.valueOf(test));
    cells.add(String.format(Locale.ROOT, "%.3f", seconds));
    cells.add(String.format(Locale.ROOT, "%.1f", picturesPerSecond));
    rates.forEach(rate -> cells.add(String.format(Locale.ROOT, "%.4f", rate)));
    return String.join(",", cells);
  }

  static EpochRow fromCsv(String line) {
    String[] cells = line.split(",", -1);
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

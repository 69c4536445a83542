package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.dl4jsnn.internal.chart.LineChart;
import org.dl4jsnn.internal.chart.Palette;

/** Figures of layers over the epochs, one line per layer. */
final class HealthCharts {

  private static final double PERCENT = 100;
  private static final String EPOCH = "epoch";

  private HealthCharts() {}

  /** Charts of the last epoch's layers; those without numbers are left out. */
  static List<String> of(List<EpochHealth> epochs) {
    return List.of(
            chart(
                LineChart.linear("Mean firing rate, %", EPOCH, true),
                epochs,
                layer -> PERCENT * layer.rates().mean()),
            chart(
                LineChart.linear("Silent neurons, %", EPOCH, true),
                epochs,
                layer -> PERCENT * layer.rates().silent()),
            chart(
                LineChart.linear("Slope", EPOCH, false),
                epochs,
                layer -> layer.slope().orElse(Double.NaN)),
            chart(
                LineChart.logarithmic("Norm of the gradient", EPOCH),
                epochs,
                layer -> layer.gradientNorm().orElse(Double.NaN)),
            chart(
                LineChart.linear("Energy of a sample, nJ", EPOCH, true),
                epochs,
                layer ->
                    ReadableFigures.inNanojoules(
                        layer.energy().map(LayerEnergy::picojoules).orElse(Double.NaN))))
        .stream()
        .filter(chart -> !chart.isEmpty())
        .toList();
  }

  private static String chart(
      LineChart chart, List<EpochHealth> epochs, ToDoubleFunction<LayerHealth> figure) {
    List<LayerHealth> layers = epochs.get(epochs.size() - 1).layers();
    for (int i = 0; i < layers.size(); i++) {
      String name = layers.get(i).layer();
      List<Integer> numbers = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (EpochHealth epoch : epochs) {
        epoch.layers().stream()
            .filter(layer -> layer.layer().equals(name))
            .forEach(
                layer -> {
                  numbers.add(epoch.epoch());
                  values.add(figure.applyAsDouble(layer));
                });
      }
      chart.add(name, Palette.hex(i), numbers, values);
    }
    return chart.html();
  }
}

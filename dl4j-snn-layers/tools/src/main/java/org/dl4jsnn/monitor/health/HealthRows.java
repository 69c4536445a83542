package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dl4jsnn.monitor.LayerCondition;

/**
 * Reports as rows of comma-separated values, one per layer and epoch. Unknown values are empty;
 * numbers can be read by Java's {@code Double.parseDouble}.
 */
public final class HealthRows {

  private static final String BEFORE_BINS =
      "epoch,iteration,looks,layer,rate,silent,saturated,slope,gradient_norm,share_of_loss,additions,"
          + "multiply_adds,constant_input,picojoules,picojoules_without_spikes,conditions,rates_to";
  private static final String BETWEEN_CONDITIONS = " ";

  private HealthRows() {}

  /**
   * The names of the columns.
   *
   * @return a row; the histogram comes last: its end, then its bins
   */
  public static String header() {
    StringBuilder header = new StringBuilder(BEFORE_BINS);
    for (int bin = 0; bin < NeuronRates.BINS; bin++) {
      header.append(",bin_").append(bin + 1);
    }
    return header.toString();
  }

  /**
   * An epoch's rows.
   *
   * @param epoch the report
   * @return one row per layer, without the header
   */
  public static List<String> of(EpochHealth epoch) {
    return epoch.layers().stream().map(layer -> CsvLine.of(cells(epoch, layer))).toList();
  }

  private static List<String> cells(EpochHealth epoch, LayerHealth layer) {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(epoch.epoch()));
    cells.add(String.valueOf(epoch.iteration()));
    cells.add(String.valueOf(epoch.looks()));
    cells.add(layer.layer());
    cells.add(String.valueOf(layer.rates().mean()));
    cells.add(String.valueOf(layer.rates().silent()));
    cells.add(String.valueOf(layer.rates().saturated()));
    cells.add(cell(layer.slope()));
    cells.add(cell(layer.gradientNorm()));
    cells.add(cell(layer.shareOfLoss()));
    if (layer.energy().isPresent()) {
      LayerEnergy energy = layer.energy().get();
      cells.add(String.valueOf(energy.additions()));
      cells.add(String.valueOf(energy.multiplyAdds()));
      cells.add(String.valueOf(energy.constantInput()));
      cells.add(String.valueOf(energy.picojoules()));
      cells.add(String.valueOf(energy.picojoulesWithoutSpikes()));
    } else {
      cells.addAll(List.of("", "", "", "", ""));
    }
    cells.add(
        layer.conditions().stream()
            .sorted()
            .map(LayerCondition::label)
            .collect(Collectors.joining(BETWEEN_CONDITIONS)));
    cells.add(String.valueOf(layer.rates().histogramTo()));
    layer.rates().histogram().forEach(share -> cells.add(String.valueOf(share)));
    return cells;
  }

  private static String cell(OptionalDouble value) {
    return value.isEmpty() ? "" : String.valueOf(value.getAsDouble());
  }

  /**
   * Reads rows back.
   *
   * @param rows rows of one training, without the header
   * @return the reports, in order of their epochs
   * @throws IllegalArgumentException if a row does not have the columns of {@link #header}
   */
  public static List<EpochHealth> parse(List<String> rows) {
    Map<Integer, EpochHealth> epochs = new TreeMap<>();
    for (String row : rows) {
      EpochHealth one = parse(row);
      epochs.merge(one.epoch(), one, HealthRows::joined);
    }
    return List.copyOf(epochs.values());
  }

  private static EpochHealth joined(EpochHealth before, EpochHealth more) {
    List<LayerHealth> layers = new ArrayList<>(before.layers());
    layers.addAll(more.layers());
    return new EpochHealth(before.epoch(), before.iteration(), before.looks(), layers);
  }

  private static EpochHealth parse(String row) {
    List<String> cells = CsvLine.cells(row);
    int columns = CsvLine.cells(header()).size();
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "a row must have " + columns + " cells, got " + cells.size() + ": " + row);
    }
    Iterator<String> cell = cells.iterator();
    int epoch = Integer.parseInt(cell.next());
    int iteration = Integer.parseInt(cell.next());
    int looks = Integer.parseInt(cell.next());
    String layer = cell.next();
    double mean = number(cell);
    double silent = number(cell);
    double saturated = number(cell);
    OptionalDouble slope = optional(cell.next());
    OptionalDouble gradientNorm = optional(cell.next());
    OptionalDouble shareOfLoss = optional(cell.next());
    Optional<LayerEnergy> energy = energy(cell);
    Set<LayerCondition> conditions = conditions(cell.next());
    double histogramTo = number(cell);
    List<Double> histogram = new ArrayList<>();
    cell.forEachRemaining(share -> histogram.add(Double.valueOf(share)));
    NeuronRates rates = new NeuronRates(mean, silent, saturated, histogramTo, histogram);
    return new EpochHealth(
        epoch,
        iteration,
        looks,
        List.of(
            new LayerHealth(layer, rates, slope, gradientNorm, shareOfLoss, energy, conditions)));
  }

  private static double number(Iterator<String> cell) {
    return Double.parseDouble(cell.next());
  }

  private static OptionalDouble optional(String cell) {
    return cell.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(cell));
  }

  private static Optional<LayerEnergy> energy(Iterator<String> cell) {
    String additions = cell.next();
    String multiplyAdds = cell.next();
    String constantInput = cell.next();
    String picojoules = cell.next();
    String withoutSpikes = cell.next();
    return additions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LayerEnergy(
                Double.parseDouble(additions),
                Double.parseDouble(multiplyAdds),
                Boolean.parseBoolean(constantInput),
                Double.parseDouble(picojoules),
                Double.parseDouble(withoutSpikes)));
  }

  private static Set<LayerCondition> conditions(String cell) {
    Set<LayerCondition> conditions = EnumSet.noneOf(LayerCondition.class);
    Arrays.stream(cell.split(BETWEEN_CONDITIONS))
        .filter(label -> !label.isEmpty())
        .map(LayerCondition::ofLabel)
        .forEach(conditions::add);
    return conditions;
  }
}

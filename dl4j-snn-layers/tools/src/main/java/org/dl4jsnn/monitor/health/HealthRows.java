package org.dl4jsnn.monitor.health;

import java.io.IOException;
import java.nio.file.Path;
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
import org.dl4jsnn.internal.io.SizedFiles;

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
   * {@return the names of the columns as a row; the histogram comes last: its end, then its bins}
   */
  public static String header() {
    StringBuilder header = new StringBuilder(BEFORE_BINS);
    for (int bin = 0; bin < LayerHealth.Rates.BINS; bin++) {
      header.append(",bin_").append(bin + 1);
    }
    return header.toString();
  }

  /**
   * {@return an epoch's rows: one row per layer, without the header}
   *
   * @param epoch the report
   */
  public static List<String> of(EpochHealth epoch) {
    return epoch.layers().stream().map(layer -> line(cells(epoch, layer))).toList();
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
      LayerHealth.Energy energy = layer.energy().get();
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

  /**
   * Reads a file of {@link HealthSink#csv}.
   *
   * @param file the file
   * @return its reports, in order of their epochs
   * @throws IOException if it cannot be read or is larger than 64 MiB
   * @throws IllegalArgumentException if it is not such a file
   */
  public static List<EpochHealth> read(Path file) throws IOException {
    List<String> lines = SizedFiles.lines(file);
    if (lines.isEmpty() || !lines.get(0).equals(header())) {
      throw new IllegalArgumentException(
          file
              + " must begin with the columns of a health file, got "
              + (lines.isEmpty() ? "no line" : "'" + lines.get(0) + "'"));
    }
    try {
      return parse(lines.subList(1, lines.size()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " must be a health file, got a row that cannot be read: " + e.getMessage(), e);
    }
  }

  private static EpochHealth joined(EpochHealth before, EpochHealth more) {
    List<LayerHealth> layers = new ArrayList<>(before.layers());
    layers.addAll(more.layers());
    return new EpochHealth(before.epoch(), before.iteration(), before.looks(), layers);
  }

  private static EpochHealth parse(String row) {
    List<String> cells = cells(row);
    int columns = cells(header()).size();
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
    Optional<LayerHealth.Energy> energy = energy(cell);
    Set<LayerCondition> conditions = conditions(cell.next());
    double histogramTo = number(cell);
    List<Double> histogram = new ArrayList<>();
    cell.forEachRemaining(share -> histogram.add(Double.valueOf(share)));
    LayerHealth.Rates rates =
        new LayerHealth.Rates(mean, silent, saturated, histogramTo, histogram);
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

  private static Optional<LayerHealth.Energy> energy(Iterator<String> cell) {
    String additions = cell.next();
    String multiplyAdds = cell.next();
    String constantInput = cell.next();
    String picojoules = cell.next();
    String withoutSpikes = cell.next();
    return additions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LayerHealth.Energy(
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

  /** Cells as a line, quoted as in RFC 4180; without line breaks. */
  private static String line(List<String> cells) {
    return cells.stream().map(HealthRows::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String value) {
    String line = value.replace('\n', ' ').replace('\r', ' ');
    return line.indexOf(',') < 0 && line.indexOf('"') < 0
        ? line
        : '"' + line.replace("\"", "\"\"") + '"';
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++; // the second of two quotes, which mean one
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  /** A file of reports. */
  static String file(List<EpochHealth> epochs) {
    List<String> lines = new ArrayList<>(List.of(header()));
    epochs.forEach(report -> lines.addAll(of(report)));
    lines.add("");
    return String.join("\n", lines);
  }
}

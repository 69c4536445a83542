package org.dl4jsnn.monitor.live;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network did with one sample at one point of its training.
 *
 * @param iteration the number of minibatches that it was trained with
 * @param label the class of the sample; empty if unknown
 * @param layers the layers that pass spikes on, starting with the encoding
 * @param decision the answer as it builds up; empty unless the network ends with a read-out right
 *     after spiking neurons
 */
public record LiveSpikes(
    int iteration, OptionalInt label, List<Layer> layers, Optional<Decision> decision) {

  /**
   * What a network would answer if it stopped after a time step.
   *
   * @param answer the class chosen at the end
   * @param settled the number of steps after which the answer no longer changes
   * @param classes the outputs of the classes; with more than ten, of those largest at the end
   */
  public record Decision(int answer, int settled, List<OfClass> classes) {

    private static final int MOST_CLASSES = 10;

    /**
     * A class.
     *
     * @param label its index
     * @param outputs its output after every step
     */
    public record OfClass(int label, List<Double> outputs) {}

    /** That of the first sample. */
    static Decision of(OutputOverTime outputs) {
      int steps = outputs.steps();
      List<double[]> answers = new ArrayList<>();
      for (int step = 1; step <= steps; step++) {
        INDArray answer = outputs.after(step);
        answers.add(answer.slice(0).toDoubleVector());
      }
      double[] last = answers.get(steps - 1);
      List<OfClass> classes =
          IntStream.range(0, last.length)
              .boxed()
              .sorted(Comparator.comparingDouble(label -> -last[label]))
              .limit(MOST_CLASSES)
              .sorted()
              .map(
                  label ->
                      new OfClass(label, answers.stream().map(answer -> answer[label]).toList()))
              .toList();
      return new Decision(outputs.classes(steps)[0], outputs.settled()[0], classes);
    }
  }

  /**
   * What a layer did with one sample.
   *
   * @param name its name; in a graph the vertex's
   * @param shape the shape of its neurons, such as 20×28×28
   * @param steps time steps T
   * @param neurons the number of its neurons
   * @param firing how many of its neurons fired
   * @param spikes the number of spikes of all neurons
   * @param rows the spikes of the neurons that fired; if there are many, of an evenly spaced
   *     selection
   * @param maps firing rates in space; empty for a layer without height and width
   */
  public record Layer(
      String name,
      String shape,
      int steps,
      int neurons,
      int firing,
      long spikes,
      List<Row> rows,
      Optional<Maps> maps) {

    /** The number of rates of all maps together up to which another channel is added. */
    private static final int MOST_RATES = 1 << 16;

    /** The first sample of a train, with as many neurons and channels as allowed. */
    static Layer of(String name, SpikeTrain train, int mostRows, int mostChannels) {
      SpikeRaster raster = SpikeRaster.of(train, 0, mostRows);
      FeatureShape shape = train.shape();
      return new Layer(
          name,
          shape.toString(),
          train.steps(),
          shape.neurons(),
          raster.firing(),
          raster.spikes(),
          List.copyOf(rows(raster)),
          shape.spatial() ? Optional.of(maps(train, mostChannels)) : Optional.empty());
    }

    private static List<Row> rows(SpikeRaster raster) {
      List<Row> rows = new ArrayList<>();
      for (int row = 0; row < raster.rows(); row++) {
        BitSet spikes = new BitSet(raster.steps());
        for (int step = 0; step < raster.steps(); step++) {
          spikes.set(step, raster.fired(row, step));
        }
        rows.add(new Row(raster.neuron(row), spikes));
      }
      return rows;
    }

    private static Maps maps(SpikeTrain train, int mostChannels) {
      FeatureShape shape = train.shape();
      int positions = shape.positions();
      int channels =
          Math.min(Math.min(mostChannels, shape.channels()), Math.max(1, MOST_RATES / positions));
      float[] totals = train.totals();
      List<List<Float>> maps = new ArrayList<>();
      for (int channel = 0; channel < channels; channel++) {
        List<Float> map = new ArrayList<>(positions);
        for (int position = 0; position < positions; position++) {
          map.add(totals[channel * positions + position] / train.steps());
        }
        maps.add(map);
      }
      return new Maps(shape.height(), shape.width(), shape.channels(), maps);
    }

    /**
     * A neuron's spikes.
     *
     * @param neuron its index in the order of arrays, (channel · height + y) · width + x
     * @param spikes the steps at which it fired, from 0
     */
    public record Row(int neuron, BitSet spikes) {

      /**
       * Copies the spikes.
       *
       * @param neuron its index
       * @param spikes the steps at which it fired
       */
      public Row {
        spikes = (BitSet) spikes.clone();
      }

      /** {@return a copy of the steps at which it fired, from 0} */
      @Override
      public BitSet spikes() {
        return (BitSet) spikes.clone();
      }
    }

    /**
     * Firing rates of the first channels of a convolution, a pooling or an encoding of images.
     *
     * @param height rows of a map
     * @param width columns of a map
     * @param channels the number of channels of the layer
     * @param rates a map for each of the channels shown, row by row: spikes per time step
     */
    public record Maps(int height, int width, int channels, List<List<Float>> rates) {

      /**
       * Copies the rates.
       *
       * @param height rows of a map
       * @param width columns of a map
       * @param channels the number of channels of the layer
       * @param rates a map for each of the channels shown
       * @throws IllegalArgumentException if a map has another size
       */
      public Maps {
        rates = rates.stream().map(List::copyOf).toList();
        for (List<Float> map : rates) {
          if (map.size() != height * width) {
            throw new IllegalArgumentException(
                "a map must have " + height + " x " + width + " rates, got " + map.size());
          }
        }
      }

      /**
       * {@return the rates of all maps, in spikes per time step, map after map} Those of signed
       * spikes or currents may be negative.
       */
      public double[] values() {
        return rates.stream().flatMap(List::stream).mapToDouble(Float::doubleValue).toArray();
      }
    }
  }
}

package org.dl4jsnn.runtime;

import java.util.Set;
import java.util.function.IntFunction;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.neuron.MembraneReadOut;

/** The end of a network: from firing rates or membranes to outputs and a decision. Immutable. */
final class ReadOut {

  private final CompactModel model;

  /** The output layer; null if rates or membranes are the outputs. */
  private final ReadOutPart layer;

  private final int place;
  private final Set<Integer> sources;

  ReadOut(CompactModel model) {
    this.model = model;
    int last = model.parts().size();
    layer = model.parts().get(last - 1) instanceof ReadOutPart part ? part : null;
    place = layer == null ? last : layer.input();
    sources = readsMembranes() ? Set.of() : ReadOutRates.sources(model, place);
  }

  /** The place that is read. */
  int place() {
    return place;
  }

  /** Whether integrators are read, whose readings cover all steps of a stream. */
  boolean readsMembranes() {
    return integrators() != null;
  }

  /** The places whose spikes are counted; none if membranes are read. */
  Set<Integer> sources() {
    return sources;
  }

  private IntegratorPart integrators() {
    return place > 0 && model.parts().get(place - 1) instanceof IntegratorPart part ? part : null;
  }

  /** The values per output: one, or one per step if a course of membranes is read. */
  int columns(int steps) {
    return readsMembranes() && integrators().reads() == MembraneReadOut.COURSE ? steps : 1;
  }

  /**
   * The outputs from rates.
   *
   * @param fired the rates of the spikes of each of the {@link #sources}
   */
  float[] outputs(IntFunction<float[]> fired) {
    boolean areFired = sources.size() == 1 && sources.contains(place);
    return outputs(areFired ? fired.apply(place) : ReadOutRates.of(model, fired, place), 1);
  }

  /** The outputs from rates or membranes [nIn, columns]: [nOut, columns]. */
  float[] outputs(float[] read, int columns) {
    if (layer == null) {
      return read;
    }
    float[] outputs = new float[Math.multiplyExact(layer.outputs(), columns)];
    float[] column = new float[read.length / columns];
    for (int step = 0; step < columns; step++) {
      for (int i = 0; i < column.length; i++) {
        column[i] = read[i * columns + step];
      }
      double[] y = layer.outputs(column);
      for (int j = 0; j < y.length; j++) {
        outputs[j * columns + step] = (float) y[j];
      }
    }
    return outputs;
  }

  /** The index of the largest sum over all columns; the first if equal. */
  static int decision(float[] outputs, int columns) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < outputs.length / columns; j++) {
      double sum = 0;
      for (int step = 0; step < columns; step++) {
        sum += outputs[j * columns + step];
      }
      if (sum > largest) {
        largest = sum;
        best = j;
      }
    }
    return best;
  }
}

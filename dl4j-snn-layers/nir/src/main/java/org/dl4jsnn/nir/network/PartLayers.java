package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.conf.WeightedLayerBuilder;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.nir.network.LinearMap.Pooled;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layers of parts, and their weights. */
final class PartLayers {

  private PartLayers() {}

  static Layer of(Part part, NetworkMaker.NetworkSettings settings) {
    Layer layer = unnamed(part, settings);
    layer.setLayerName(part.name());
    return layer;
  }

  private static Layer unnamed(Part part, NetworkMaker.NetworkSettings settings) {
    if (part instanceof Part.Neurons neurons) {
      return neurons(neurons);
    }
    if (part instanceof Part.Pooling pooling) {
      return pooling(PoolingType.SUM, pooling.window()).build();
    }
    if (part instanceof Part.Delay delay) {
      int[] steps = delay.steps().stream().mapToInt(Integer::intValue).toArray();
      return new SpikingDelay.Builder().steps(steps).build();
    }
    if (part instanceof Part.ReadOut readOut) {
      return readOut(readOut);
    }
    return settings.encoding();
  }

  private static Layer readOut(Part.ReadOut part) {
    LeakyReadOut.Builder builder =
        new LeakyReadOut.Builder()
            .nOut(part.map().nOut())
            .hasBias(part.map().bias() != null)
            .reads(MembraneReadOut.COURSE);
    Integrating integrating = part.integrating();
    double[] leaks = oneIfSame(integrating.leaks());
    if (integrating.synapticDecay() != null) {
      builder.synapticDecay(oneIfSame(integrating.synapticDecay()));
    }
    if (integrating.origin() != null) {
      builder.origin(integrating.origin(), oneIfSame(Precision.doubles(integrating.gain())));
    }
    return (leaks.length == 1 ? builder.leak(leaks[0]) : builder.leaks(leaks)).build();
  }

  private static double[] oneIfSame(double[] values) {
    boolean isSame = Arrays.stream(values).allMatch(value -> value == values[0]);
    return isSame ? new double[] {values[0]} : values;
  }

  private static SpikingPooling2D.Builder pooling(PoolingType type, Window2D window) {
    return new SpikingPooling2D.Builder(type, window.rows().kernel(), window.columns().kernel())
        .stride(window.rows().stride(), window.columns().stride());
  }

  private static Layer neurons(Part.Neurons part) {
    if (part.map() instanceof Pooled pooled) {
      return pooling(PoolingType.AVG, pooled.window()).neuron(part.dynamics()).build();
    }
    if (part.map() instanceof Kernel kernel) {
      return convolution(part, kernel);
    }
    Dense dense = (Dense) part.map();
    if (part.recurrent() == null) {
      return weighted(new SpikingDense.Builder().nOut(dense.nOut()), part, dense.bias()).build();
    }
    SpikingRecurrent.Builder builder =
        new SpikingRecurrent.Builder()
            .nOut(dense.nOut())
            .oneToOne(isDiagonal(part.recurrent(), dense.nOut()));
    return weighted(builder, part, dense.bias()).build();
  }

  private static <T extends WeightedLayerBuilder<T>> T weighted(
      T builder, Part.Neurons part, float[] bias) {
    return builder.neuron(part.dynamics()).hasBias(bias != null);
  }

  private static Layer convolution(Part.Neurons part, Kernel kernel) {
    Window2D.Axis rows = kernel.window().rows();
    Window2D.Axis columns = kernel.window().columns();
    boolean same = kernel.window().isSame();
    int channels = kernel.output().channels();
    if (part.isRow() && !kernel.depthwise()) {
      SpikingConvolution1D.Builder builder =
          new SpikingConvolution1D.Builder(columns.kernel())
              .nOut(channels)
              .stride(columns.stride())
              .dilation(columns.dilation());
      return weighted(same ? builder : builder.padding(columns.padding()), part, kernel.bias())
          .build();
    }
    if (kernel.depthwise()) {
      SpikingDepthwiseConvolution2D.Builder builder =
          new SpikingDepthwiseConvolution2D.Builder(rows.kernel(), columns.kernel())
              .depthMultiplier(channels / kernel.input().channels())
              .stride(rows.stride(), columns.stride())
              .dilation(rows.dilation(), columns.dilation());
      return weighted(
              same ? builder : builder.padding(rows.padding(), columns.padding()),
              part,
              kernel.bias())
          .build();
    }
    SpikingConvolution2D.Builder builder =
        new SpikingConvolution2D.Builder(rows.kernel(), columns.kernel())
            .nOut(channels)
            .stride(rows.stride(), columns.stride())
            .dilation(rows.dilation(), columns.dilation());
    return weighted(
            same ? builder : builder.padding(rows.padding(), columns.padding()),
            part,
            kernel.bias())
        .build();
  }

  private static boolean isDiagonal(float[] weights, int n) {
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0 && i % n != i / n) {
        return false;
      }
    }
    return true;
  }

  static void setWeights(Part part, Map<String, INDArray> parameters) {
    if (part instanceof Part.ReadOut readOut) {
      set(parameters, readOut.map());
    } else if (part instanceof Part.Neurons neurons) {
      if (neurons.map() instanceof Dense dense) {
        set(parameters, dense);
      } else if (neurons.map() instanceof Kernel kernel) {
        set(parameters, Synapse.WEIGHT, kernel.weights());
        set(parameters, Synapse.BIAS, kernel.bias());
      }
      setRecurrent(parameters, neurons.recurrent());
    }
  }

  private static void setRecurrent(Map<String, INDArray> parameters, float[] weights) {
    if (weights == null) {
      return;
    }
    int n = (int) Math.round(Math.sqrt(weights.length));
    boolean isOneToOne = parameters.get(Recurrence.WEIGHT).rank() == 1;
    float[] own = new float[n];
    for (int i = 0; i < n; i++) {
      own[i] = weights[i * n + i];
    }
    set(parameters, Recurrence.WEIGHT, isOneToOne ? own : LinearMap.transposed(weights, n, n));
  }

  private static void set(Map<String, INDArray> parameters, Dense dense) {
    float[] weights = LinearMap.transposed(dense.weights(), dense.nOut(), dense.nIn());
    set(parameters, Synapse.WEIGHT, weights);
    set(parameters, Synapse.BIAS, dense.bias());
  }

  private static void set(Map<String, INDArray> parameters, String name, float[] values) {
    if (values != null) {
      HostArrays.copy(values, parameters.get(name));
    }
  }
}

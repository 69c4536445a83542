import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.train.ModelFile;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loss of a residual network without spikes, with its ReLUs, with activations rounded to the
 * levels of T = 4, and with neurons that fire step by step in their place: {@code java -cp CLASSES
 * RoundedActivations.java ceiling-average.zip FOLDER THRESHOLD...}.
 */
class RoundedActivations {
  private static final int STEPS = 4;
  private static final int BATCH = 100;
  private static final int IMAGES = 400;

  /** Neurons in place of ReLUs; the minibatch holds the images of one step after another. */
  static final class Neurons extends BaseActivationFunction {
    private final double threshold;
    private final boolean isInSteps;
    private final boolean isLast;

    Neurons(double threshold, boolean isInSteps, boolean isLast) {
      this.threshold = threshold;
      this.isInSteps = isInSteps;
      this.isLast = isLast;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      long[] shape = in.shape();
      float[] current = in.dup('c').data().asFloat();
      float[] out = new float[current.length];
      if (isInSteps) {
        int ofStep = current.length / STEPS;
        for (int i = 0; i < ofStep; i++) {
          fire(current, out, i, ofStep);
        }
      } else {
        for (int i = 0; i < out.length; i++) {
          double spikes = Math.floor(STEPS * current[i] / threshold + 0.5);
          out[i] = (float) (Math.max(0, Math.min(STEPS, spikes)) * threshold / STEPS);
        }
      }
      return in.assign(Nd4j.create(out, shape, 'c'));
    }

    /** A neuron whose membrane starts at half the threshold; the last layer passes on its rate. */
    private void fire(float[] current, float[] out, int first, int ofStep) {
      double membrane = 0.5;
      int spikes = 0;
      for (int at = first; at < current.length; at += ofStep) {
        membrane += current[at] / threshold;
        if (membrane >= 1) {
          membrane--;
          spikes++;
          out[at] = (float) threshold;
        }
      }
      for (int at = first; isLast && at < current.length; at += ofStep) {
        out[at] = (float) (spikes * threshold / STEPS);
      }
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      throw new UnsupportedOperationException("the program trains nothing");
    }
  }

  public static void main(String[] arguments) {
    ComputationGraph network = ModelFile.loadGraph(Path.of(arguments[0]));
    DataSetIterator images =
        CifarFiles.in(Path.of(arguments[1])).training().range(0, IMAGES).inOrder(BATCH);
    List<DataSet> once = new ArrayList<>();
    List<DataSet> inSteps = new ArrayList<>();
    while (images.hasNext()) {
      DataSet minibatch = images.next();
      once.add(minibatch);
      inSteps.add(new DataSet(repeat(minibatch.getFeatures()), repeat(minibatch.getLabels())));
    }
    System.out.printf("ReLU %.3f%n", loss(network, once));
    for (String text : Arrays.asList(arguments).subList(2, arguments.length)) {
      double threshold = Double.parseDouble(text);
      replace(network, threshold, false);
      double rounded = loss(network, once);
      replace(network, threshold, true);
      System.out.printf(
          "threshold %.1f: rounded %.3f, step by step %.3f%n",
          threshold, rounded, loss(network, inSteps));
    }
  }

  private static INDArray repeat(INDArray array) {
    INDArray[] copies = new INDArray[STEPS];
    Arrays.fill(copies, array);
    return Nd4j.concat(0, copies);
  }

  private static void replace(ComputationGraph network, double threshold, boolean isInSteps) {
    List<ActivationLayer> activations =
        Arrays.stream(network.getLayers())
            .map(layer -> layer.conf().getLayer())
            .filter(ActivationLayer.class::isInstance)
            .map(ActivationLayer.class::cast)
            .toList();
    for (ActivationLayer layer : activations) {
      boolean isLast = layer == activations.get(activations.size() - 1);
      layer.setActivationFn(new Neurons(threshold, isInSteps, isLast));
    }
  }

  /** With the statistics of each minibatch. */
  private static double loss(ComputationGraph network, List<DataSet> minibatches) {
    return minibatches.stream()
        .mapToDouble(images -> network.score(images, true))
        .average()
        .orElseThrow();
  }
}

package org.dl4jsnn.conf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;

/**
 * Who is asking for input types. Deeplearning4j builds a configuration layer by layer and hands
 * each layer the type of its input, but neither the configuration nor the layer after it. Both are
 * to be seen in the stack of calls alone; this is the one place that looks there.
 */
final class ConfigurationCall {

  /** The method that all layers with a time axis find their preprocessor by. */
  private static final String OF_TIME = "getPreprocessorForInputTypeRnnLayers";

  private final List<StackWalker.StackFrame> frames;

  private ConfigurationCall(List<StackWalker.StackFrame> frames) {
    this.frames = frames;
  }

  /** The call of the moment. */
  static ConfigurationCall current() {
    return new ConfigurationCall(StackWalker.getInstance().walk(Stream::toList));
  }

  /** Whether a MultiLayerConfiguration is being built or looked at. */
  boolean isMultiLayer() {
    return isIn(MultiLayerConfiguration.class);
  }

  /** Whether a layer is asked by itself, as tests do. */
  boolean isOutsideOfNetworks() {
    return !isMultiLayer() && !isIn(ComputationGraphConfiguration.class);
  }

  /** Nested builders included. */
  private boolean isIn(Class<?> type) {
    return frames.stream()
        .map(StackWalker.StackFrame::getClassName)
        .anyMatch(name -> name.equals(type.getName()) || name.startsWith(type.getName() + "$"));
  }

  /** The class of a stock layer that wants a time axis, where one asks. */
  Optional<String> readerOfTime() {
    for (int i = 0; i + 1 < frames.size(); i++) {
      StackWalker.StackFrame frame = frames.get(i);
      if (frame.getMethodName().equals(OF_TIME)
          && frame.getClassName().equals(InputTypeUtil.class.getName())) {
        return Optional.of(simpleName(frames.get(i + 1)));
      }
      // Of vectors alone, which it takes for a series; it does not ask images for a format.
      if (frame.getMethodName().equals("getPreProcessorForInputType")
          && frame.getClassName().equals(GlobalPoolingLayer.class.getName())) {
        return Optional.of(simpleName(frame));
      }
    }
    return Optional.empty();
  }

  private static String simpleName(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return name.equals(BaseRecurrentLayer.class.getName())
        ? "LSTM, SimpleRnn or another recurrent layer"
        : name.substring(name.lastIndexOf('.') + 1);
  }
}

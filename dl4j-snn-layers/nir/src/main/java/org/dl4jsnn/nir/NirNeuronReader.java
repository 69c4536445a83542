package org.dl4jsnn.nir;

import java.util.Arrays;

/** Reads parameters of neurons, all of one shape; a single number applies to all neurons. */
final class NirNeuronReader {

  private final Hdf5Group group;
  private final int[] shape;

  NirNeuronReader(Hdf5Group group) throws NirFileException {
    this.group = group;
    int[] largest = {};
    for (String name : group.names()) {
      boolean isParameter = !name.equals("type") && !group.isGroup(name) && !group.isText(name);
      if (isParameter) {
        int[] own = group.shape(name);
        boolean isLarger = own.length > largest.length || isSingle(largest) && !isSingle(own);
        largest = isLarger ? own : largest;
      }
    }
    shape = largest;
  }

  /** A parameter; files of early versions lack some. */
  NirTensor parameter(String name) throws NirFileException {
    return switch (name) {
      case "v_reset" -> tensorOr(name, 0, "v_threshold");
      case "w_in" -> tensorOr(name, 1, "v_leak");
      default -> tensor(name);
    };
  }

  private NirTensor tensor(String name) throws NirFileException {
    NirTensor tensor = group.tensor(name);
    if (isSingle(tensor.shape())) {
      return full(name, tensor);
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw group.failure(
          name
              + " must have the shape of the layer, "
              + Arrays.toString(shape)
              + ", got "
              + tensor);
    }
    return tensor;
  }

  /** An optional parameter; if missing, it takes the precision of another one. */
  private NirTensor tensorOr(String name, double otherwise, String like) throws NirFileException {
    if (group.has(name)) {
      return tensor(name);
    }
    int[] none = {};
    return full(
        name,
        group.tensor(like).isSingle()
            ? NirTensor.of(none, (float) otherwise)
            : NirTensor.ofDoubles(none, otherwise));
  }

  /** Whether a parameter, of shape [] or [1], is for all neurons of a layer. */
  private static boolean isSingle(int... own) {
    return own.length == 0 || own.length == 1 && own[0] == 1;
  }

  /** One number for all neurons; their shape may be only the claim of a header. */
  private NirTensor full(String name, NirTensor number) throws NirFileException {
    group.takeNumbers(name, shape);
    return number.spread(shape);
  }
}

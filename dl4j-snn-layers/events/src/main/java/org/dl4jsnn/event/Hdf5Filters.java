package org.dl4jsnn.event;

import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.PipelineFilterWithData;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HDF5 filters of packed columns: those that can be unpacked, and the names of others. */
final class Hdf5Filters {

  /** Gzip, shuffle, checksums: built into HDF5 and the library. */
  private static final Set<Integer> KNOWN = Set.of(1, 2, 3);

  /** From the HDF Group's list of registered filters; ECF chose its number itself. */
  private static final Map<Integer, String> OTHERS =
      Map.of(
          36559, "ECF, Prophesee's own",
          32001, "Blosc",
          32026, "Blosc2",
          32015, "Zstandard",
          32004, "LZ4",
          32000, "LZF",
          32008, "bitshuffle",
          4, "SZIP");

  /** The library's message about a filter that it lacks. */
  private static final Pattern MISSING = Pattern.compile("id=(\\d{1,9})");

  private Hdf5Filters() {}

  /**
   * Checks the filters of a data set.
   *
   * @throws IllegalArgumentException if one of them is not supported; names it
   */
  static void requireKnown(Dataset dataset) {
    try {
      for (PipelineFilterWithData filter : dataset.getFilters()) {
        if (!KNOWN.contains(filter.getId())) {
          throw unknown(filter.getId(), filter.getName());
        }
      }
    } catch (HdfFilterException e) {
      Matcher id = MISSING.matcher(String.valueOf(e.getMessage()));
      throw id.find() ? unknown(Integer.parseInt(id.group(1)), "an unknown one") : e;
    }
  }

  private static IllegalArgumentException unknown(int id, String name) {
    return new IllegalArgumentException(
        "must be uncompressed or compressed by gzip, got "
            + OTHERS.getOrDefault(id, name)
            + " (filter "
            + id
            + "). Possible cause: a program that expects readers with the same plug-in; h5repack "
            + "-f GZIP=4, with that plug-in, makes a readable file");
  }
}

package org.dl4jsnn.event;

import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.PipelineFilterWithData;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filters of HDF5 by which columns are packed: those that can be unpacked, and names of others.
 */
final class Hdf5Filters {

  /** Gzip, shuffle, checksums: what HDF5 itself has, and the library. */
  private static final Set<Integer> KNOWN = Set.of(1, 2, 3);

  /** Of the HDF Group's list of registered filters; ECF has given itself its number. */
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

  /** How the library tells of a filter that it does not have, before it tells of any. */
  private static final Pattern MISSING = Pattern.compile("id=(\\d{1,9})");

  private Hdf5Filters() {}

  /**
   * Looks at the filters of a data set.
   *
   * @throws IllegalArgumentException if one of them is not known, with its name
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
        "must be compressed by gzip or not at all, got "
            + OTHERS.getOrDefault(id, name)
            + " (filter "
            + id
            + "). Possible cause: a program that writes for readers with the same plug-in; h5repack"
            + " -f GZIP=4, with that plug-in, makes a file that can be read");
  }
}

/** Internal: what the contracts and the library's own tests share. */
package org.dl4jsnn.internal.contract;

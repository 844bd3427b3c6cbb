# The fonts, as Debian packages them (SIL Open Font License), in the program: target cutaway_fonts, "fonts/fonts.h".
function(cutaway_font out_c symbol file)
  find_file(font_${symbol} "${file}" REQUIRED NO_CMAKE_FIND_ROOT_PATH
    PATHS /usr/share/fonts /usr/local/share/fonts PATH_SUFFIXES opentype/inter truetype/jetbrains-mono
    DOC "fonts-inter and fonts-jetbrains-mono: run tools/setup")
  cutaway_embed_arrays(c_file cutaway_font_${symbol} "cutaway_font_${symbol} ${font_${symbol}}")
  set(${out_c} "${c_file}" PARENT_SCOPE)
endfunction()

cutaway_font(inter_regular inter_regular Inter-Regular.otf)
cutaway_font(inter_semibold inter_semibold Inter-SemiBold.otf)
cutaway_font(mono_regular mono_regular JetBrainsMono-Regular.ttf)
cutaway_font(mono_bold mono_bold JetBrainsMono-Bold.ttf)
add_library(cutaway_fonts STATIC EXCLUDE_FROM_ALL
  cmake/fonts/fonts.cpp ${inter_regular} ${inter_semibold} ${mono_regular} ${mono_bold})
target_include_directories(cutaway_fonts PUBLIC cmake/fonts)
